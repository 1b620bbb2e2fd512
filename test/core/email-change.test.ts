import { describe, expect, it } from "vitest";
import { confirmEmailChange } from "../../src/core/account/confirm-email-change.ts";
import { requestEmailChange } from "../../src/core/account/request-email-change.ts";
import { Refused } from "../../src/core/refused.ts";
import { revokeOtherSessions } from "../../src/core/session/revoke-other-sessions.ts";
import { sendLoginCode } from "../../src/core/session/send-login-code.ts";
import { signInWithCode } from "../../src/core/session/sign-in-with-code.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { asking, granted, type Owner, owner, ownerAgain } from "../support/asking.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { only, type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";
import { tally } from "../support/tally.ts";

const DEAD = new Refused("mailed_link_invalid");

const newAddress = () => somebody().email;

const emailOf = async ({ ports }: PostOffice, { caller }: Owner) =>
  (await ports.accounts.findCredentials({ accountId: caller.account.id }))?.account.email;

/** Asks for a change, and gives the letters that follow by whom they went to. */
async function requested(
  office: PostOffice,
  { context, caller, settled }: Owner,
  newEmail: string,
) {
  granted(await requestEmailChange(context, { caller, newEmail }));
  await settled();
  return new Map((await office.deliver()).map((letter) => [letter.to, letter]));
}

/** The token of the link that a change is confirmed with. */
async function requestedToken(office: PostOffice, who: Owner, newEmail: string): Promise<string> {
  const letter = (await requested(office, who, newEmail)).get(newEmail);
  return tokenIn(letter ?? expect.fail("nothing was mailed to the new address"));
}

async function changed(office: PostOffice, who: Owner, newEmail = newAddress()): Promise<string> {
  const token = await requestedToken(office, who, newEmail);
  const { context, caller, settled } = who;
  granted(await confirmEmailChange(context, { caller, token }));
  await settled();
  return newEmail;
}

describe("REC-04: asking for another address", () => {
  it("mails a link to the new address, tells the old one, and changes nothing yet", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const newEmail = newAddress();

    const letters = await requested(office, who, ` ${newEmail.toUpperCase()} `);

    expect([...letters].map(([to, { subject }]) => [to, subject])).toEqual([
      [who.person.email, "A new e-mail address was asked for"],
      [newEmail, "Confirm your new e-mail address"],
    ]);
    expect(letters.get(newEmail)?.text).toMatch(
      /\n\nhttp:\/\/localhost:8787\/account\/email\/confirm\?token=[\w-]{43}\n\n/,
    );
    expect(await emailOf(office, who)).toBe(who.person.email);
  });

  it("does and answers the same for an address that is taken, whose owner is told instead", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const other = await owner(office);

    const letters = await requested(office, who, other.person.email);

    expect(letters.get(other.person.email)).toMatchObject({
      subject: "This address has an account of its own",
      text: expect.not.stringContaining("token="),
    });
  });

  it("mails no link for an account that is disabled by then", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const newEmail = newAddress();
    const { context, caller } = who;
    granted(await requestEmailChange(context, { caller, newEmail }));

    await disableAccount(who.person.email);

    expect((await office.deliver()).map(({ to }) => to)).toEqual([who.person.email]);
  });

  it("refuses the address that the account has", async () => {
    const office = startPostOffice();
    const { context, caller, person } = await owner(office);
    const newEmail = ` ${person.email.toUpperCase()}`;
    expect(await requestEmailChange(context, { caller, newEmail })).toEqual(
      new Refused("email_unchanged"),
    );
  });

  it("SES-06: refuses whoever signed in more than ten minutes ago", async () => {
    stopClock();
    const office = startPostOffice();
    const { context, caller } = await owner(office);
    passSeconds(601);
    expect(await requestEmailChange(context, { caller, newEmail: newAddress() })).toEqual(
      new Refused("sign_in_stale"),
    );
  });

  it("stops after five within the hour, to whichever addresses: the owner must hear of each", async () => {
    const office = startPostOffice();
    const { context, caller } = await owner(office);
    for (let i = 0; i < 5; i++) {
      granted(await requestEmailChange(context, { caller, newEmail: newAddress() }));
    }
    const refused = await requestEmailChange(context, { caller, newEmail: newAddress() });
    expect(refused).toMatchObject({ reason: "rate_limited" });
  });

  it("stops after five to one address within the hour, whoever asks", async () => {
    const office = startPostOffice();
    const newEmail = newAddress();
    for (let i = 0; i < 5; i++) {
      const { context, caller } = await owner(office);
      granted(await requestEmailChange(context, { caller, newEmail }));
    }
    const { context, caller } = await owner(office);
    const refused = await requestEmailChange(context, { caller, newEmail });
    expect(refused).toMatchObject({ reason: "rate_limited" });
  });

  it("is written down with what was asked for", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const newEmail = newAddress();
    await requested(office, who, newEmail);
    const [event] = await office.ports.auditLog.list(who.caller.account.id, 1);
    expect(event).toMatchObject({
      event: "email-change-requested",
      subject: newEmail,
      sessionId: who.caller.session.id,
    });
  });
});

describe("REC-04: confirming another address", () => {
  it("gives the account its new address, proved, and tells the old one", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const newEmail = await changed(office, who);

    const letters = await office.deliver();
    expect(letters.map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: who.person.email, subject: "Your e-mail address was changed" },
    ]);
    const { user } = await signedIn(office, { ...who.person, email: newEmail });
    expect(user).toMatchObject({ email: newEmail, emailVerified: true });
    const old = await office.ask("/api/login", { body: who.person });
    expect(old.status).toBe(401);
  });

  it("leaves who is signed in signed in, and shows them the new address", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const email = await changed(office, who);
    const bearer = who.accessToken;
    const { status, body } = await office.ask("/api/user/profile", { method: "GET", bearer });
    expect({ status, body }).toMatchObject({ status: 200, body: { data: { email } } });
  });

  it("works once: of twenty at the same time, one wins", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const token = await requestedToken(office, who, newAddress());
    const { context, caller } = who;
    const all = await Promise.all(
      Array.from({ length: 20 }, () => confirmEmailChange(context, { caller, token })),
    );
    expect(tally(all.map((refused) => refused?.reason ?? "changed"))).toEqual({
      changed: 1,
      mailed_link_invalid: 19,
    });
  });

  it("takes the newest request of the account alone", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const older = await requestedToken(office, who, newAddress());
    const newer = newAddress();
    const token = await requestedToken(office, who, newer);
    const { context, caller } = who;
    expect(await confirmEmailChange(context, { caller, token: older })).toEqual(DEAD);
    expect(await confirmEmailChange(context, { caller, token })).toBeUndefined();
    expect(await emailOf(office, who)).toBe(newer);
  });

  it("is too late after an hour", async () => {
    stopClock();
    const office = startPostOffice();
    const who = await owner(office);
    const token = await requestedToken(office, who, newAddress());
    passSeconds(3601);
    const { context, caller } = who;
    expect(await confirmEmailChange(context, { caller, token })).toEqual(DEAD);
  });

  it("is refused where the address was taken meanwhile", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const newEmail = newAddress();
    const token = await requestedToken(office, who, newEmail);
    await registered(office, { ...somebody(), email: newEmail });
    const { context, caller } = who;
    expect(await confirmEmailChange(context, { caller, token })).toEqual(DEAD);
    expect(await emailOf(office, who)).toBe(who.person.email);
  });

  it("is refused for a token that nobody was mailed", async () => {
    const office = startPostOffice();
    const { context, caller } = await owner(office);
    const token = "A".repeat(43);
    expect(await confirmEmailChange(context, { caller, token })).toEqual(DEAD);
  });

  it("is refused to another account, whose address stays, and leaves the link good", async () => {
    const office = startPostOffice();
    const [who, stranger] = [await owner(office), await owner(office)];
    const newEmail = newAddress();
    const token = await requestedToken(office, who, newEmail);
    const { context, caller } = stranger;
    expect(await confirmEmailChange(context, { caller, token })).toEqual(
      new Refused("mailed_link_of_another"),
    );
    expect(await emailOf(office, stranger)).toBe(stranger.person.email);
    expect(await confirmEmailChange(who.context, { caller: who.caller, token })).toBeUndefined();
  });

  it("is refused once whatever was begun is void: another password, or all others signed out", async () => {
    stopClock();
    const office = startPostOffice();
    const [one, other] = [await owner(office), await owner(office)];
    const tokens = [
      await requestedToken(office, one, newAddress()),
      await requestedToken(office, other, newAddress()),
    ];
    passSeconds(1);
    await office.ask("/api/forgot-password", { body: { email: one.person.email } });
    const reset = tokenIn((await office.deliver())[0] ?? expect.fail("no letter"));
    const body = { token: reset, password: "another gentle otter" };
    expect((await office.ask("/api/reset-password", { body })).status).toBe(200);
    granted(await revokeOtherSessions(other.context, { caller: other.caller }));
    const back = await ownerAgain(office, { ...one.person, password: body.password });

    for (const [index, { context, caller }] of [back, other].entries()) {
      const token = tokens[index] ?? "";
      expect(await confirmEmailChange(context, { caller, token })).toEqual(DEAD);
    }
  });

  it("of two accounts that want the same address, one gets it", async () => {
    const office = startPostOffice();
    const [one, other] = [await owner(office), await owner(office)];
    const newEmail = newAddress();
    const tokens = [
      await requestedToken(office, one, newEmail),
      await requestedToken(office, other, newEmail),
    ];
    const all = await Promise.all(
      [one, other].map(({ context, caller }, index) =>
        confirmEmailChange(context, { caller, token: tokens[index] ?? "" }),
      ),
    );
    expect(all.filter((refused) => refused === undefined)).toHaveLength(1);
  });

  it("ends the links that were mailed to the old address", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    await office.ask("/api/forgot-password", { body: { email: who.person.email } });
    const token = tokenIn((await office.deliver())[0] ?? expect.fail("no letter"));
    await changed(office, who);
    const body = { token, password: "another gentle otter" };
    expect((await office.ask("/api/reset-password", { body })).status).toBe(400);
  });
});

describe("an address that was taken from an account", () => {
  const register = (office: PostOffice, email: string) =>
    registered(office, { ...somebody(), email });
  const accountAt = ({ ports }: PostOffice, email: string) =>
    ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);

  it("is kept for three days from everybody else, and then is free", async () => {
    stopClock();
    const office = startPostOffice();
    const who = await owner(office);
    await changed(office, who);
    const { email } = who.person;

    passSeconds(3 * DAY_SECONDS - 10);
    await register(office, email);
    expect(await accountAt(office, email)).toBeNull();

    passSeconds(10);
    await register(office, email);
    expect(await accountAt(office, email)).toMatchObject({ email });
  });

  it("is kept from a change of another account too, and free for its own", async () => {
    const office = startPostOffice();
    const [who, other] = [await owner(office), await owner(office)];
    await changed(office, who);
    await office.deliver();
    const letters = await requested(office, other, who.person.email);
    expect(letters.get(who.person.email)?.subject).toBe("Your account has another address now");
    const isKept = async (tenantId = DEFAULT_TENANT_ID) => {
      const { clock, emailChanges } = office.ports;
      return emailChanges.findReservation(tenantId, who.person.email, clock.now());
    };
    expect(await isKept()).not.toBeNull();
    expect(await isKept("another tenant")).toBeNull();

    const { account } = who.caller;
    const email = (await emailOf(office, who)) ?? "";
    const moved = { ...who, caller: { ...who.caller, account: { ...account, email } } };
    await changed(office, moved, who.person.email);
    expect(await emailOf(office, who)).toBe(who.person.email);
    expect(await isKept()).toBeNull();
  });

  it("is sent no login code, but how to get the account back", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    await changed(office, who);
    await office.deliver();
    granted(await sendLoginCode(asking(office).context, { email: who.person.email }));
    const letters = await office.deliver();
    expect(letters.map(({ subject }) => subject)).toEqual(["Your account has another address now"]);
  });

  it("gets no account by a login code that was mailed before", async () => {
    const office = startPostOffice();
    const who = await owner(office);
    const { context } = asking(office);
    const { email } = who.person;
    granted(await sendLoginCode(context, { email }));
    const [letter] = await office.deliver();
    const code = letter?.text.match(/^\d{6}$/m)?.[0] ?? expect.fail("no code");
    await changed(office, who);
    expect(await signInWithCode(context, { email, code })).toEqual(
      new Refused("login_code_invalid"),
    );
    expect(await accountAt(office, email)).toBeNull();
  });

  it("stays closed where strangers' failures had closed it before, until recovery by mail", async () => {
    const office = startPostOffice({ PASSWORD_FAILURES_BEFORE_CLOSING: "10" });
    const who = await owner(office);
    const email = newAddress();
    const signIn = async (password: string) =>
      (await office.ask("/api/login", { body: { email, password } })).status;
    for (let i = 0; i < 10; i++) {
      await signIn("not the right one");
    }
    await changed(office, who, email);
    await office.deliver();
    expect(await signIn(who.person.password)).toBe(429);

    await office.ask("/api/forgot-password", { body: { email } });
    const password = "a whole new password";
    const token = tokenIn(only(await office.deliver()));
    await office.ask("/api/reset-password", { body: { token, password } });

    expect(await signIn(password)).toBe(200);
  });

  it("brings along what was guessed at the old one: it buys no new guesses", async () => {
    const office = startPostOffice({ PASSWORD_FAILURES_BEFORE_CLOSING: "10" });
    const who = await owner(office);
    const wrong = (email: string) =>
      office.ask("/api/login", { body: { email, password: "not the right one" } });
    for (let i = 0; i < 9; i++) {
      expect((await wrong(who.person.email)).status).toBe(401);
    }

    const email = await changed(office, who);

    expect((await wrong(email)).status).toBe(401);
    expect((await wrong(email)).status).toBe(429);
  });

  it("is kept for nobody where it was never proved, and nothing is mailed there", async () => {
    const office = startPostOffice();
    const person = await registered(office);
    const { accessToken } = await signedIn(office, person);
    await office.deliver();
    const { context, settled } = asking(office);
    const who = { ...(await owner(office)), person, accessToken, context, settled };
    const account = (await accountAt(office, person.email)) ?? expect.fail("no account");
    const mine = { ...who, caller: { ...who.caller, account } };
    await changed(office, mine);

    expect(await office.deliver()).toEqual([]);
    await register(office, person.email);
    expect(await accountAt(office, person.email)).not.toBeNull();
  });
});
