import type { Account } from "../account/account.ts";
import type { Context } from "../ports.ts";
import type { Requester } from "../requester.ts";
import { type TokenTerms, tokenTerms } from "../terms.ts";
import type { NewSession } from "./session.ts";

/** Whose session it is, and what the way in which it came about says of it; null for what it does not. */
export type SessionStart = Pick<NewSession, "id" | "tenantId" | "accountId" | "contract"> &
  Partial<
    Pick<
      NewSession,
      | "clientId"
      | "clientType"
      | "name"
      | "scope"
      | "actorId"
      | "actorSessionId"
      | "audience"
      | "authenticatedAt"
    >
  >;

/** A session as it begins: who asked for it, and how long it lives from now on. */
export function newSession(
  start: SessionStart,
  { requester, life, now }: { requester: Requester; life: TokenTerms["session"]; now: Date },
): NewSession {
  const { userAgent, address, city, country, network } = requester;
  return {
    clientId: null,
    clientType: null,
    name: null,
    scope: null,
    actorId: null,
    actorSessionId: null,
    audience: null,
    authenticatedAt: null,
    ...start,
    userAgent,
    address,
    city,
    country,
    network,
    ...timesOf(life, now),
  };
}

/** A plain sign-in of this account, under the terms of whoever was asked. */
export function plainSession(
  { clock, randomness, requester, terms }: Context,
  account: Pick<Account, "id" | "tenantId" | "zapier">,
  { id, clientType = null }: Partial<Pick<NewSession, "id" | "clientType">> = {},
): NewSession {
  const now = clock.now();
  const start = {
    id: id ?? randomness.id(now),
    tenantId: account.tenantId,
    accountId: account.id,
    contract: terms.contract,
    clientType,
  };
  return newSession(start, { requester, life: tokenTerms(terms, account).session, now });
}

function timesOf({ idleSeconds, absoluteSeconds }: TokenTerms["session"], now: Date) {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  return {
    createdAt: now,
    lastUsedAt: now,
    expiresAt: after(Math.min(idleSeconds, absoluteSeconds)),
    endsAt: after(absoluteSeconds),
  };
}
