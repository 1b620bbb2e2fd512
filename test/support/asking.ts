import type { Account } from "../../src/core/account/account.ts";
import { accountMade } from "../../src/core/account/account-made.ts";
import { newAccount } from "../../src/core/account/new-account.ts";
import type { Caller } from "../../src/core/caller/caller.ts";
import type { StillIn } from "../../src/core/caller/still-in.ts";
import type { Context } from "../../src/core/ports.ts";
import { Refused } from "../../src/core/refused.ts";
import { identifyByAccessToken } from "../../src/core/session/identify.ts";
import { plainSession } from "../../src/core/session/new-session.ts";
import type { Session } from "../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { terms } from "../../src/pages/terms.ts";
import type { Service } from "../../src/ports.ts";
import { type Person, registered, signedIn, somebody } from "./people.ts";
import { type PostOffice, tokenIn } from "./post-office.ts";
import { REQUESTER } from "./requester.ts";
import { randomAddress, type TestService } from "./service.ts";

/** Whoever asks for operations, as a page does unless told, and the work that goes on after the answer. */
export function asking(
  { ports }: Pick<Service, "ports">,
  how: Partial<Pick<Context, "terms" | "tenantId">> = {},
): { context: Context; settled(): Promise<void> } {
  const after: Promise<unknown>[] = [];
  const context: Context = {
    ...ports,
    terms,
    tenantId: DEFAULT_TENANT_ID,
    requester: { ...REQUESTER, address: randomAddress() },
    afterwards: (work) => void after.push(work),
    ...how,
  };
  return {
    context,
    async settled() {
      await Promise.all(after.splice(0));
    },
  };
}

/** An account with a proved address, as it would be stored. */
export function provedAccount(context: Context): Account {
  const email = `p+${crypto.randomUUID()}@example.test`;
  return newAccount(context, { email, name: null, emailVerifiedAt: context.clock.now() });
}

/** What signing in comes to, without the way there. */
export async function openedSession(
  context: Context,
  account: Pick<Account, "id" | "tenantId" | "zapier">,
): Promise<Session> {
  const session = await context.sessions.open({
    session: plainSession(context, account),
    makes: null,
    passwordChangedAt: null,
    secondFactor: "not asked",
    limit: null,
    firstProof: null,
    auditEvent: "signed-in",
  });
  if (!session) {
    throw new Error("no session was opened");
  }
  return session;
}

/** What a store is asked for a session by that lives, whosever it is. */
export async function someoneIn(context: Context): Promise<StillIn> {
  const account = provedAccount(context);
  const event = accountMade(context, account);
  await context.accounts.insert({ account, passwordHash: null, event });
  return { sessionId: (await openedSession(context, account)).id, at: context.clock.now() };
}

export interface Owner {
  person: Person;
  context: Context;
  caller: Caller;
  accessToken: string;
  settled(): Promise<void>;
}

/** Somebody with a confirmed address who signed in just now. All mail so far is delivered. */
export async function owner(office: PostOffice): Promise<Owner> {
  const person = await registered(office, somebody());
  const letter = (await office.deliver()).find(({ to }) => to === person.email);
  const token = letter && tokenIn(letter);
  await office.ask("/api/verify-email", { body: { token } });
  return ownerAgain(office, person);
}

/** The same person in a session of now: the one before may be stale by now, or have ended. */
export async function ownerAgain(office: PostOffice, person: Person): Promise<Owner> {
  const { accessToken } = await signedIn(office, person);
  const { context, settled } = asking(office);
  const caller = await identifyByAccessToken(context, accessToken);
  if (!caller) {
    throw new Error("the access token is nobody's");
  }
  return { person, context, caller, accessToken, settled };
}

/** Whether an access token still opens anything. */
export async function isSignedIn(service: TestService, accessToken: string): Promise<boolean> {
  const { status } = await service.ask("/api/user/profile", { method: "GET", bearer: accessToken });
  return status === 200;
}

/** What an operation gave that must not refuse. */
export function granted<T>(answer: T | Refused): T {
  if (answer instanceof Refused) {
    throw new Error(`refused: ${answer.reason}`);
  }
  return answer;
}
