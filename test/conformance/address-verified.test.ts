import { beforeEach, expect, it } from "vitest";
import { confirmEmailChange } from "../../src/core/account/confirm-email-change.ts";
import { requestEmailChange } from "../../src/core/account/request-email-change.ts";
import { secureAccount } from "../../src/core/account/secure-account.ts";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import type { Message } from "../../src/mail/transport.ts";
import { AT_HOME } from "../support/account-page.ts";
import { granted, type Owner, owner } from "../support/asking.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { type Person, somebody } from "../support/people.ts";
import { type PostOffice, tokenIn } from "../support/post-office.ts";
import { countRows } from "../support/rows.ts";
import { arrive, mailedCode, type There } from "../support/there.ts";
import { backOffice, staff } from "../surfaces/admin/back-office.ts";
import { proved } from "../surfaces/credebl/credebl.ts";

/** Somebody about to prove an address. */
interface Ready {
  email: string;
  /** Told otherwise than of somebody at home who is not signed in. */
  otherwise?: Partial<AuditEvent>;
  /** May be tried again, whatever it answers. */
  prove(): Promise<unknown>;
}

/** Each way that an address comes to count as verified by its owner's doing. */
const ways: readonly [way: string, prepare: (there: There, person: Person) => Promise<Ready>][] = [
  [
    "the link that a registration mails",
    async ({ ask, office }, { email, ...person }) => {
      await ask("/api/register", { body: { email, ...person } });
      const token = tokenIn(await letterTo(office, email));
      return { email, prove: () => ask("/api/verify-email", { body: { token } }) };
    },
  ],
  [
    "a link that sets a new password",
    async ({ ask, office }, { email, ...person }) => {
      await ask("/api/register", { body: { email, ...person } });
      await office.deliver();
      return { email, prove: () => resetPassword({ ask, office }, email) };
    },
  ],
  [
    "an invitation",
    async ({ ask, office }, { email }) => {
      const { bearer } = await staff(backOffice(office));
      await ask("/admin/accounts", { bearer, body: { email, invite: true } });
      const body = { token: tokenIn(await letterTo(office, email)), password: "quiet-heron-marsh" };
      return { email, prove: () => ask("/api/reset-password", { body }) };
    },
  ],
  [
    "a login code",
    async ({ ask, office }, { email, ...person }) => {
      await ask("/api/register", { body: { email, ...person } });
      await office.deliver();
      return { ...IN_ITS_SESSION, email, prove: () => enterCode({ ask, office }, email) };
    },
  ],
  [
    "a login code that makes the account",
    async ({ ask, office }, { email }) => ({
      ...IN_ITS_SESSION,
      email,
      prove: () => enterCode({ ask, office }, email),
    }),
  ],
  [
    "a proof of CREDEBL's, where somebody had registered",
    async ({ ask, office }, { email, ...person }) => {
      await ask("/api/register", { body: { email, ...person } });
      await office.deliver();
      // Those helpers ask from elsewhere.
      const otherwise = { address: expect.any(String), city: null, country: null, userAgent: null };
      return { email, otherwise, prove: () => proved(office, email) };
    },
  ],
  [
    "a sign-up of CREDEBL's, which takes a proof",
    async ({ ask, office }, { email, password }) => {
      await proved(office, email);
      const body = { email, password, firstName: "Robin", lastName: "Example" };
      return { email, prove: () => ask("/auth/signup", { body }) };
    },
  ],
  [
    "a link that confirms another address",
    async ({ office }, { email }) => {
      const who = await owner(office);
      const token = await changeLink(office, who, email);
      return { email, otherwise: by(who), prove: () => confirm(who, token) };
    },
  ],
  [
    "a link that gives an address back",
    async ({ office }, { email: newEmail }) => {
      const who = await owner(office);
      const { context, person } = who;
      await confirm(who, await changeLink(office, who, newEmail));
      const token = tokenIn(await letterTo(office, person.email));
      const otherwise = { ...by(who), sessionId: null };
      return { email: person.email, otherwise, prove: () => secureAccount(context, { token }) };
    },
  ],
];

const IN_ITS_SESSION = { otherwise: { sessionId: expect.any(String) } };

async function letterTo(office: PostOffice, email: string): Promise<Message> {
  const letter = (await office.deliver()).find(({ to }) => to === email);
  return letter ?? expect.fail("nothing was mailed");
}

async function resetPassword({ ask, office }: Pick<There, "ask" | "office">, email: string) {
  await office.deliver();
  await ask("/api/forgot-password", { body: { email } });
  const token = tokenIn(await letterTo(office, email));
  await ask("/api/reset-password", { body: { token, password: "quiet-heron-marsh" } });
}

async function enterCode({ ask, office }: Pick<There, "ask" | "office">, email: string) {
  await ask("/api/v1/auth/send-code", { body: { email } });
  const code = await mailedCode(office, email);
  await ask("/api/v1/auth/verify-code", { body: { email, code } });
}

async function changeLink(office: PostOffice, { context, caller, settled }: Owner, to: string) {
  granted(await requestEmailChange(context, { caller, newEmail: to }));
  await settled();
  return tokenIn(await letterTo(office, to));
}

async function confirm({ context, caller, settled }: Owner, token: string) {
  await confirmEmailChange(context, { caller, token });
  await settled();
}

function by({ context: { requester }, caller: { session } }: Owner): Partial<AuditEvent> {
  const { address, city, country, userAgent } = requester;
  return { address, city, country, userAgent, sessionId: session.id };
}

const countTold = () => countRows("audit_events", "event = 'address-verified'");

beforeEach(stopClock);

it.each(ways)("an address that is proved by %s is told of once", async (_, prepare) => {
  const there = await arrive();
  const { email, otherwise, prove } = await prepare(there, somebody());
  const before = await countTold();
  passSeconds(1);

  await prove();

  const { accounts, auditLog } = there.office.ports;
  const account = await accounts.findByEmail(DEFAULT_TENANT_ID, email);
  const { id = "", emailVerifiedAt } = account ?? expect.fail("there is no account");
  const events = await auditLog.list(id, 100);
  const [told] = events.filter(({ event }) => event === "address-verified");
  expect(told).toEqual({
    id: expect.any(String),
    tenantId: DEFAULT_TENANT_ID,
    event: "address-verified",
    actorId: id,
    accountId: id,
    sessionId: null,
    clientId: null,
    // It outlives the account: nobody learns from it whose that was.
    subject: null,
    address: there.address,
    city: AT_HOME.place.city,
    country: AT_HOME.place.country,
    userAgent: AT_HOME.program,
    at: emailVerifiedAt,
    ...otherwise,
  });
  expect(await countTold()).toBe(before + 1);
  // By now it is verified, or the link is spent.
  passSeconds(1);
  await prove();
  expect(await countTold()).toBe(before + 1);
});

it("an address that an administrator says is the person's is told of as their making alone", async () => {
  const { ask, office } = await arrive();
  const { bearer } = await staff(backOffice(office));
  const before = await countTold();

  await ask("/admin/accounts", {
    bearer,
    body: { email: somebody().email, email_verified: true },
  });

  expect(await countTold()).toBe(before);
});
