import type { NewAccount } from "../account/accounts.ts";
import type { FirstProof } from "../account/first-proof.ts";
import type { AuditEventName } from "../audit/audit-events.ts";
import type { StillIn } from "../caller/still-in.ts";
import type { Context } from "../ports.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";

/** One sign-in: by a person in a contract, on a page, or by a device. */
export interface Session {
  id: string;
  /** Counts the sessions of its account from 1: how people can refer to it. */
  number: number;
  tenantId: string;
  accountId: string;
  contract: string;
  /** The OAuth client a device grant was asked for; null for a plain sign-in. */
  clientId: string | null;
  /** What its client says it is, in contracts that ask: `cli`, `mobile`, `web`. */
  clientType: string | null;
  /** What the person called the device; null where nobody named it. */
  name: string | null;
  /** Space-separated scopes; null for a plain sign-in, which may do all that its account may. */
  scope: string | null;
  /** The administrator who acts as the account; null for the account's own sign-in. RFC 8693 §4.1. */
  actorId: string | null;
  /** The administrator's own session, in which they began: this one ends with it. */
  actorSessionId: string | null;
  /** The resources its tokens are for (RFC 8707), space-separated; null for this service. */
  audience: string | null;
  /** When the person proved who they are; null where that is when the session was opened. */
  authenticatedAt: Date | null;
  userAgent: string | null;
  address: string;
  city: string | null;
  country: string | null;
  /** The access network's name. */
  network: string | null;
  createdAt: Date;
  /** Brought up to date every few minutes at most. */
  lastUsedAt: Date;
  /** Moves with every refresh, up to `endsAt`. */
  expiresAt: Date;
  endsAt: Date;
}

/** What tokens are made of: all of a session that a refresh has to read. */
export type TokenSession = Pick<
  Session,
  | "id"
  | "number"
  | "tenantId"
  | "accountId"
  | "contract"
  | "clientId"
  | "scope"
  | "actorId"
  | "audience"
  | "authenticatedAt"
  | "createdAt"
>;

/** A session to be opened: the store numbers it. */
export type NewSession = Omit<Session, "number">;

/** On what conditions a session is opened, and what that brings with it: all in one write. */
export interface Opening {
  session: NewSession;
  /** The account that is made for it, where there is none yet. */
  makes: (NewAccount & AccountMaking) | null;
  /** The password must still be the one that was checked; null when none was. */
  passwordChangedAt: Date | null;
  /**
   * A proof is spent by the opening; a passkey's may have stood for the password too. `absent`: there
   * must be none to ask for. `not asked`: whoever opens it was not asked for one, such as an
   * administrator who impersonates.
   */
  secondFactor: SecondFactorProof | "absent" | "not asked";
  /** Where somebody opens it for another account. */
  by?: StillIn;
  limit: SessionLimit | null;
  /**
   * What is written down where the account's address was not verified before: its mailbox was just read,
   * and it is from now on. Null where none was.
   */
  firstProof: FirstProof | null;
  /** What the audit log is told. */
  auditEvent: AuditEventName;
}

/** How an account is made whose first session is opened in the same write. */
export interface AccountMaking {
  /** Null makes an account without a password. */
  passwordHash: string | null;
  /** Only while the tenant is open and has no account at all: of many at once, one is first. */
  mustBeFirst: boolean;
}

export type SessionLimit = { kind: "one per client type" } | { kind: "at most"; count: number };

/** Where the terms set no limit. A program that signs in anew all the time leaves no more behind. */
const MOST_SESSIONS = 1000;

/**
 * For what a person approved for a client: a new one ends the least recently used. Nobody has as many
 * televisions, and a program that signs in anew all the time leaves no more behind.
 */
export const APPROVED_LIMIT: SessionLimit = { kind: "at most", count: 100 };

/** The limit on sessions like this one. */
export function sessionLimit({ terms, settings }: Context): SessionLimit {
  switch (terms.sessionLimit) {
    case "one per client type":
      return { kind: "one per client type" };
    case "session cap":
      return { kind: "at most", count: settings.sessionCap };
    default:
      return { kind: "at most", count: MOST_SESSIONS };
  }
}
