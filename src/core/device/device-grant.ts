import type { Requester } from "../requester.ts";
import type { Session } from "../session/session.ts";

/** What a device asked for, kept from start to expiry. RFC 8628 §3.2. */
export interface DeviceGrant {
  /** 128 random bits: tells this grant from an older one under the same user code. */
  id: string;
  tenantId: string;
  /** `XXXX-XXXX`. */
  userCode: string;
  clientId: string;
  clientName: string;
  scopes: readonly string[];
  requester: Requester;
  /** The contract it was started through, and how long its session may live. */
  contract: string;
  sessionIdleSeconds: number;
  sessionAbsoluteSeconds: number;
  startedAt: Date;
  expiresAt: Date;
}

/** A person's final word on a grant. */
export type Decision =
  | { approved: false }
  | {
      approved: true;
      approvedAt: Date;
      accountId: string;
      /** Fixed here, so that a redeem that is tried twice opens one session. */
      sessionId: string;
      /** A subset of what was asked for. */
      scopes: readonly string[];
    };

export type GrantState =
  | { is: "pending" }
  | { is: "decided"; decision: Decision }
  | { is: "redeemed" };

/** Poll pace, in memory only: an eviction loses it and nothing else. */
export interface Pace {
  intervalSeconds: number;
  /** When the last poll came that was not too fast; null before the first. */
  markedAt: Date | null;
}

/** The session that an approved grant opens, the same however often it is computed. */
export function sessionOf(
  grant: DeviceGrant,
  decision: Extract<Decision, { approved: true }>,
  now: Date,
): Session {
  const endsAt = now.getTime() + grant.sessionAbsoluteSeconds * 1000;
  const idleAt = now.getTime() + grant.sessionIdleSeconds * 1000;
  return {
    id: decision.sessionId,
    tenantId: grant.tenantId,
    accountId: decision.accountId,
    contract: grant.contract,
    clientId: grant.clientId,
    scope: decision.scopes.join(" "),
    createdAt: now,
    expiresAt: new Date(Math.min(idleAt, endsAt)),
    endsAt: new Date(endsAt),
  };
}
