import { beforeEach, describe, expect, it } from "vitest";
import { createKey } from "../../src/core/key/create-key.ts";
import { createServiceKey } from "../../src/core/key/create-service-key.ts";
import { deleteKey } from "../../src/core/key/delete-key.ts";
import { deleteServiceKey } from "../../src/core/key/delete-service-key.ts";
import { notifyOwner } from "../../src/core/mail/notify-owner.ts";
import { confirmTotp } from "../../src/core/second-factor/confirm-totp.ts";
import { disableTotp } from "../../src/core/second-factor/disable-totp.ts";
import { enrolTotp } from "../../src/core/second-factor/enrol-totp.ts";
import { replaceRecoveryCodes } from "../../src/core/second-factor/replace-recovery-codes.ts";
import { terms as launcherTerms } from "../../src/surfaces/lnchr/terms.ts";
import { alterAccount } from "../support/alter-account.ts";
import { granted, type Owner, owner } from "../support/asking.ts";
import { Authenticator } from "../support/authenticator.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { linksIn } from "../support/links.ts";
import { only, type PostOffice, startPostOffice } from "../support/post-office.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0";

let office: PostOffice;
let who: Owner;

beforeEach(async () => {
  stopClock();
  office = startPostOffice();
  who = await owner(office);
});

const newKey = () => ({ caller: who.caller, name: "Otter <feed>", expiresAt: null });

/** What the owner hears of some work: the subject of each letter, and what was written down. */
async function heard(work: () => Promise<unknown>) {
  passSeconds(1);
  const answer = granted(await work());
  await who.settled();
  const letters = await office.deliver();
  const [event] = await office.ports.auditLog.list(who.caller.account.id, 1);
  return { answer, letters, subjects: letters.map(({ subject }) => subject), event };
}

describe("the owner is told", () => {
  it("that a second factor was turned on, its recovery codes replaced, and it turned off", async () => {
    const { context, caller, person } = who;
    const app = new Authenticator(granted(await enrolTotp(context, { caller })).secret);

    const on = await heard(() => confirmTotp(context, { caller, code: app.code() }));
    const replaced = await heard(() =>
      replaceRecoveryCodes(context, { caller, code: app.nextCode() }),
    );
    const { password } = person;
    const off = await heard(() => disableTotp(context, { caller, password, code: app.nextCode() }));

    expect([on, replaced, off].map(({ subjects }) => subjects)).toEqual([
      ["Two-factor sign-in was turned on"],
      ["Your recovery codes were replaced"],
      ["Two-factor sign-in was turned off"],
    ]);
    expect([on, replaced, off].map(({ event }) => event)).toMatchObject([
      { event: "second-factor-on", sessionId: caller.session.id },
      { event: "recovery-codes-replaced", sessionId: caller.session.id },
      { event: "second-factor-off", sessionId: caller.session.id },
    ]);
  });

  it("that a key was made and deleted, of which the mail does not say the name", async () => {
    const { context, caller } = who;
    const made = await heard(() => createKey(context, { ...newKey(), scopes: [] }));
    const { key } = made.answer as { key: { id: string } };
    const deleted = await heard(() => deleteKey(context, { caller, keyId: key.id }));

    expect([made, deleted].map(({ subjects }) => subjects)).toEqual([
      ["An API key was made"],
      ["An API key was deleted"],
    ]);
    expect(JSON.stringify([made.letters, deleted.letters])).not.toContain("Otter");
    const subject = "Otter <feed>";
    expect([made, deleted].map(({ event }) => event)).toMatchObject([
      { event: "key-made", subject, sessionId: caller.session.id },
      { event: "key-deleted", subject, sessionId: caller.session.id },
    ]);
  });

  it("that a service key was made and deleted", async () => {
    await alterAccount(who.person, { role: "admin" });
    const context = { ...who.context, terms: launcherTerms };
    const caller = { ...who.caller, account: { ...who.caller.account, role: "admin" as const } };
    const made = await heard(() => createServiceKey(context, { ...newKey(), caller }));
    const { key } = made.answer as { key: { id: string } };
    const deleted = await heard(() => deleteServiceKey(context, { caller, keyId: key.id }));
    expect([...made.subjects, ...deleted.subjects]).toEqual([
      "An API key was made",
      "An API key was deleted",
    ]);
  });

  it("by whoever can say that it was not them: a link is in every notice", async () => {
    const { letters } = await heard(() => createKey(who.context, { ...newKey(), scopes: [] }));
    expect(letters.flatMap(linksIn)).toEqual(["http://localhost:8787/secure?token=<token>"]);
  });

  it("five times within the hour of the same, and not more", async () => {
    for (let i = 0; i < 6; i++) {
      granted(await createKey(who.context, { ...newKey(), scopes: [] }));
    }
    await who.settled();
    expect(await office.deliver()).toHaveLength(5);
  });

  it("although nobody can count the mails", async () => {
    const throttle = {
      ...office.ports.throttle,
      mail: () => Promise.reject(new Error("the throttle is down")),
    };
    const { letters } = await heard(async () =>
      notifyOwner({ ...who.context, throttle }, "passkey-added", who.caller.account),
    );
    expect(letters.map(({ subject }) => subject)).toEqual(["A passkey was added"]);
  });
});

describe("a letter is written", () => {
  const forget = (userAgent: string) =>
    office.ask("/api/forgot-password", {
      body: { email: who.person.email },
      headers: { "accept-language": "de-AT, en;q=0.5", "user-agent": userAgent },
    });

  const setLocale = async (locale: string) => {
    const change = { profile: { locale }, now: new Date() };
    const { id } = who.caller.account;
    const account = await office.ports.accounts.updateProfile(id, change, null);
    return account ?? expect.fail("the account is gone");
  };

  it("in the language of whoever asks", async () => {
    await forget(FIREFOX);
    expect(only(await office.deliver())).toMatchObject({
      subject: "Legen Sie ein neues Passwort fest",
      html: expect.stringContaining('<html lang="de" dir="ltr">'),
    });
  });

  it.each([
    ["en-GB", "Set a new password"],
    ["fr-FR", "Legen Sie ein neues Passwort fest"],
  ])("in that of the account, where it says one that we have: %s", async (locale, subject) => {
    await setLocale(locale);
    await forget(FIREFOX);
    expect(only(await office.deliver()).subject).toBe(subject);
  });

  it("to its owner in theirs, whoever did what it tells of", async () => {
    const account = await setLocale("de-AT");
    const { letters } = await heard(async () => notifyOwner(who.context, "key-made", account));
    expect(only(letters).subject).toBe("Ein API-Schlüssel wurde erzeugt");
  });

  it("with the browser it was asked for with, in the words of our own list", async () => {
    await forget(FIREFOX);
    expect(only(await office.deliver()).text).toContain(
      "\n\nAngefordert · Firefox unter Windows · ",
    );
  });

  it("with nothing of what a stranger calls their browser", async () => {
    await forget("Rufen Sie 0800 123 an/1 sofort (Windows NT 10.0)");
    expect(JSON.stringify(only(await office.deliver()))).not.toMatch(/Rufen|0800 123|sofort/);
  });
});
