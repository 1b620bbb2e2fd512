import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { confirmEmailChange } from "../../src/core/account/confirm-email-change.ts";
import { requestEmailChange } from "../../src/core/account/request-email-change.ts";
import { secureAccount } from "../../src/core/account/secure-account.ts";
import { createKey } from "../../src/core/key/create-key.ts";
import { Refused } from "../../src/core/refused.ts";
import { confirmTotp } from "../../src/core/second-factor/confirm-totp.ts";
import { enrolTotp } from "../../src/core/second-factor/enrol-totp.ts";
import { replaceRecoveryCodes } from "../../src/core/second-factor/replace-recovery-codes.ts";
import type { Message } from "../../src/mail/transport.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { keys, passkeys, passwords } from "../../src/storage/d1/schema.ts";
import { granted, isSignedIn, type Owner, owner, ownerAgain } from "../support/asking.ts";
import { Authenticator } from "../support/authenticator.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { signedIn, somebody } from "../support/people.ts";
import { only, type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";
import { tally } from "../support/tally.ts";

const HOUR_SECONDS = 3600;
const DEAD = new Refused("mailed_link_invalid");
const NEW_PASSWORD = "another gentle otter";
const db = openDatabase(env.DB);

let office: PostOffice;
let who: Owner;

beforeEach(async () => {
  stopClock();
  office = startPostOffice();
  who = await owner(office);
});

/** The letters that follow some work, the work after the answer included. */
async function lettersOf(work: () => Promise<unknown>, by = who): Promise<Message[]> {
  granted(await work());
  await by.settled();
  return office.deliver();
}

const use = (letter: Message) => secureAccount(who.context, { token: tokenIn(letter) });

const again = (person = who.person) => ownerAgain(office, person);

/** The same person, who has set a new password by a letter and signed in with it. */
async function setPassword(reset: Message): Promise<Owner> {
  const body = { token: tokenIn(reset), password: NEW_PASSWORD };
  await office.ask("/api/reset-password", { body });
  return again({ ...who.person, password: NEW_PASSWORD });
}

async function makeKey(by = who): Promise<Message> {
  const { context, caller } = by;
  const asked = { caller, name: "Otter feed", scopes: ["profile:read"], expiresAt: null };
  return only(await lettersOf(() => createKey(context, asked), by));
}

async function addPasskey({ caller: { account } } = who): Promise<void> {
  const { id: accountId, tenantId } = account;
  const id = crypto.randomUUID();
  const row = { id, tenantId, accountId, name: "Otter phone", credentialId: id, publicKey: "" };
  await db.insert(passkeys).values({ ...row, counter: 0, transports: [], createdAt: new Date() });
}

async function turnOnSecondFactor(by = who): Promise<{ app: Authenticator; letter: Message }> {
  const { context, caller } = by;
  const app = new Authenticator(granted(await enrolTotp(context, { caller })).secret);
  const confirm = () => confirmTotp(context, { caller, code: app.code() });
  return { app, letter: only(await lettersOf(confirm, by)) };
}

/** Changes the address; gives the letter that went to the one before. */
async function moveTo(newEmail: string, by: Owner): Promise<Message> {
  const { context, caller } = by;
  const asked = await lettersOf(() => requestEmailChange(context, { caller, newEmail }), by);
  const link = asked.find(({ to }) => to === newEmail) ?? expect.fail("no link");
  const confirm = () => confirmEmailChange(context, { caller, token: tokenIn(link) });
  return only(await lettersOf(confirm, by));
}

const credentials = () =>
  office.ports.accounts.findCredentials({ accountId: who.caller.account.id });

const addressNow = async () => (await credentials())?.account.email;

const countOf = async (table: typeof keys | typeof passkeys) =>
  db.$count(table, eq(table.accountId, who.caller.account.id));

describe("the link that says this was not me", () => {
  it("takes the account back: whoever was in is out, and what they made is gone", async () => {
    const thief = await again();
    const first = await makeKey(thief);
    await addPasskey();
    await turnOnSecondFactor(thief);
    const elsewhere = somebody().email;
    await moveTo(elsewhere, thief);

    const [reset, ...others] = await lettersOf(() => use(first));

    expect(others).toEqual([]);
    expect(reset).toMatchObject({
      to: who.person.email,
      subject: "Your account is secured: set a new password",
    });
    expect(await isSignedIn(office, thief.accessToken)).toBe(false);
    expect([await countOf(keys), await countOf(passkeys)]).toEqual([0, 0]);
    expect(await credentials()).toMatchObject({
      account: { email: who.person.email, emailVerifiedAt: new Date() },
      passwordHash: null,
      passwordChangedAt: new Date(),
      secondFactor: null,
    });

    const token = tokenIn(reset ?? expect.fail("no link to set a password"));
    const password = NEW_PASSWORD;
    await office.ask("/api/reset-password", { body: { token, password } });
    await signedIn(office, { ...who.person, password });
  });

  it("undoes all that was done within three days, whichever of its mails it is from", async () => {
    await addPasskey();
    await makeKey();
    passSeconds(3 * DAY_SECONDS);
    const later = await again();
    const { letter } = await turnOnSecondFactor(later);
    expect(await use(letter)).toBeUndefined();
    expect([await countOf(keys), await countOf(passkeys)]).toEqual([0, 0]);
  });

  it("leaves what is older: keys, passkeys and a second factor", async () => {
    await makeKey();
    await addPasskey();
    await turnOnSecondFactor();
    passSeconds(3 * DAY_SECONDS + HOUR_SECONDS + 1);
    const letter = await makeKey();

    expect(await use(letter)).toBeUndefined();

    expect([await countOf(keys), await countOf(passkeys)]).toEqual([1, 1]);
    expect((await credentials())?.secondFactor).not.toBeNull();
  });

  it("takes back recovery codes that were made for an older second factor", async () => {
    const { app } = await turnOnSecondFactor();
    passSeconds(3 * DAY_SECONDS + HOUR_SECONDS + 1);
    const { context, caller } = who;
    const replace = () => replaceRecoveryCodes(context, { caller, code: app.nextCode() });
    const letter = only(await lettersOf(replace));

    expect(await use(letter)).toBeUndefined();

    expect(await office.ports.secondFactors.find(caller.account.id)).toMatchObject({
      confirmedAt: expect.any(Date),
      recoveryCodesLeft: 0,
    });
  });

  it("voids what was approved and not used yet", async () => {
    const letter = await makeKey();
    passSeconds(5);
    await use(letter);
    const [row] = await db
      .select()
      .from(passwords)
      .where(eq(passwords.accountId, who.caller.account.id));
    expect(row?.changedAt).toEqual(new Date());
  });

  it("touches no other account", async () => {
    const other = await owner(office);
    await makeKey(other);
    await use(await makeKey());
    expect(await isSignedIn(office, other.accessToken)).toBe(true);
    const { id: accountId } = other.caller.account;
    expect(await db.$count(keys, eq(keys.accountId, accountId))).toBe(1);
  });

  it("is written down, with the address that it went to", async () => {
    const letter = await makeKey();
    passSeconds(1);
    await use(letter);
    const [event] = await office.ports.auditLog.list(who.caller.account.id, 1);
    expect(event).toMatchObject({ event: "account-secured", subject: who.person.email });
  });
});

describe("is good once", () => {
  it("of twenty uses at the same time, one wins", async () => {
    const letter = await makeKey();
    const all = await Promise.all(Array.from({ length: 20 }, () => use(letter)));
    expect(tally(all.map((refused) => refused?.reason ?? "secured"))).toEqual({
      secured: 1,
      mailed_link_invalid: 19,
    });
    expect(await office.deliver()).toHaveLength(1);
  });

  it("of the links to one mailbox about what was undone, one works", async () => {
    const letters = [await makeKey(), await makeKey(), await makeKey()];
    const all = await Promise.all(letters.map(use));
    expect(all.filter((refused) => refused === undefined)).toHaveLength(1);
    for (const letter of letters) {
      expect(await use(letter)).toEqual(DEAD);
    }
  });

  it("and does not spend the link about what is done after it", async () => {
    const [reset] = await lettersOf(async () => use(await makeKey()));
    passSeconds(1);
    const body = { token: tokenIn(reset ?? expect.fail()), password: NEW_PASSWORD };
    await office.ask("/api/reset-password", { body });
    expect(await use(only(await office.deliver()))).toBeUndefined();
  });

  it("and for three days", async () => {
    const letter = await makeKey();
    passSeconds(3 * DAY_SECONDS + 1);
    expect(await use(letter)).toEqual(DEAD);
  });

  it("and not at all where nobody was mailed it", async () => {
    expect(await secureAccount(who.context, { token: "A".repeat(43) })).toEqual(DEAD);
  });
});

describe("an address that was changed", () => {
  let elsewhere: string;

  beforeEach(() => {
    elsewhere = somebody().email;
  });

  it("comes back by the mail that told of the change", async () => {
    const letter = await moveTo(elsewhere, who);
    expect(letter).toMatchObject({
      to: who.person.email,
      subject: "Your e-mail address was changed",
    });
    passSeconds(3 * DAY_SECONDS - 1);
    expect(await use(letter)).toBeUndefined();
    expect(await addressNow()).toBe(who.person.email);
  });

  it("comes back by the mail that told of the request", async () => {
    const { context, caller } = who;
    const asked = await lettersOf(() =>
      requestEmailChange(context, { caller, newEmail: elsewhere }),
    );
    const [notice, link] = asked;
    await confirmEmailChange(context, { caller, token: tokenIn(link ?? expect.fail()) });
    expect(await use(notice ?? expect.fail())).toBeUndefined();
    expect(await addressNow()).toBe(who.person.email);
  });

  it("comes back across two changes", async () => {
    const letter = await moveTo(elsewhere, who);
    const thief = await again({ ...who.person, email: elsewhere });
    await moveTo(somebody().email, thief);
    expect(await use(letter)).toBeUndefined();
    expect(await addressNow()).toBe(who.person.email);
  });

  it("comes back by asking for a new password at the old address, should no mail have come", async () => {
    await moveTo(elsewhere, who);
    passSeconds(DAY_SECONDS);
    for (const path of ["/api/forgot-password", "/api/register"]) {
      await office.ask(path, { body: who.person });
    }
    const [letter, another] = await office.deliver();
    expect([letter, another]).toMatchObject([
      { to: who.person.email, subject: "Your account has another address now" },
      { to: who.person.email, subject: "Your account has another address now" },
    ]);
    expect(await use(letter ?? expect.fail())).toBeUndefined();
    expect(await addressNow()).toBe(who.person.email);
  });

  it("is not changed by a request that was open: its link is dead", async () => {
    const { context, caller } = who;
    const asked = await lettersOf(() =>
      requestEmailChange(context, { caller, newEmail: elsewhere }),
    );
    const [notice, link] = asked;
    const [reset] = await lettersOf(() => use(notice ?? expect.fail()));
    const back = await setPassword(reset ?? expect.fail());
    const token = tokenIn(link ?? expect.fail());
    expect(await confirmEmailChange(back.context, { caller: back.caller, token })).toEqual(DEAD);
  });

  it("gives whoever took it no link that works afterwards", async () => {
    const letter = await moveTo(elsewhere, who);
    const thief = await again({ ...who.person, email: elsewhere });
    const theirs = await makeKey(thief);
    expect(theirs.to).toBe(elsewhere);
    await office.ask("/api/forgot-password", { body: { email: elsewhere } });
    const reset = only(await office.deliver());

    expect(await use(letter)).toBeUndefined();

    expect(await use(theirs)).toEqual(DEAD);
    const body = { token: tokenIn(reset), password: NEW_PASSWORD };
    expect((await office.ask("/api/reset-password", { body })).status).toBe(400);
  });

  it("comes back although whoever took it used a link of their own first", async () => {
    const letter = await moveTo(elsewhere, who);
    const theirs = await makeKey(await again({ ...who.person, email: elsewhere }));
    expect(await use(theirs)).toBeUndefined();
    expect(await addressNow()).toBe(elsewhere);
    expect(await use(letter)).toBeUndefined();
    expect(await addressNow()).toBe(who.person.email);
  });
});

describe("the mailbox alone", () => {
  it("REC-02: is no way around a second factor that is older", async () => {
    await turnOnSecondFactor();
    passSeconds(3 * DAY_SECONDS + HOUR_SECONDS + 1);
    await office.ask("/api/forgot-password", { body: { email: who.person.email } });
    const body = { token: tokenIn(only(await office.deliver())), password: NEW_PASSWORD };
    await office.ask("/api/reset-password", { body });
    const [reset] = await lettersOf(async () => use(only(await office.deliver())));
    const token = tokenIn(reset ?? expect.fail());
    await office.ask("/api/reset-password", { body: { token, password: NEW_PASSWORD } });

    const { status, body: answer } = await office.ask("/api/login", {
      body: { email: who.person.email, password: NEW_PASSWORD },
    });
    expect({ status, answer }).toMatchObject({ status: 200, answer: { mfaRequired: true } });
  });
});
