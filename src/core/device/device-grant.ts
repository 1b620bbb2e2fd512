import type { SamePlace } from "../client/client.ts";
import type { Requester } from "../requester.ts";
import { newSession } from "../session/new-session.ts";
import type { NewSession } from "../session/session.ts";
import type { Terms } from "../terms.ts";
import type { Place } from "./same-place.ts";

/** What a device asked for, kept from start to expiry. RFC 8628 §3.2. */
export interface DeviceGrant {
  /** 128 random bits: tells this grant from an older one under the same user code. */
  id: string;
  tenantId: string;
  /** `XXXX-XXXX`. */
  userCode: string;
  clientId: string;
  clientName: string;
  /** Who makes the client, for people to read; null where nobody said. */
  clientOwner: string | null;
  /** What the device and whoever approves must have in common. */
  samePlace: SamePlace | null;
  scopes: readonly string[];
  /** What its tokens will be for (RFC 8707); empty for this service. */
  resources: readonly string[];
  requester: Requester;
  /** The contract it was started through, and how long that lets its session live. */
  contract: string;
  session: Terms["session"];
  startedAt: Date;
  expiresAt: Date;
}

/** What a person says to a grant. */
export type Word =
  | { approved: false }
  | {
      approved: true;
      approvedAt: Date;
      /** In which session. */
      approvedIn: string;
      /** When whoever approves signed in. */
      authenticatedAt: Date;
      /** Fixed here, so that a redeem that is tried twice opens one session. */
      sessionId: string;
      /** Null approves all that was asked for. */
      scopes: readonly string[] | null;
      /** What the person calls the device; null where they do not say. */
      deviceName: string | null;
      /** Where whoever approves is. */
      place: Place;
    };

/** A person's word that was taken, and is final. */
export type Decision =
  | { approved: false }
  | {
      approved: true;
      approvedAt: Date;
      approvedIn: string;
      authenticatedAt: Date;
      accountId: string;
      sessionId: string;
      /** A subset of what was asked for. */
      scopes: readonly string[];
      deviceName: string | null;
    };

export type GrantState =
  | { is: "pending" }
  | { is: "decided"; decision: Decision }
  | { is: "redeemed"; redemption: Redemption };

/** How long the poll that redeemed may be answered again under its key. */
export const RETRY_SECONDS = 60;

/** How a grant was redeemed, for the same poll to be answered again when its answer was lost. */
export interface Redemption {
  decision: Extract<Decision, { approved: true }>;
  redeemedAt: Date;
  /** Null where the poll named no key to retry under. */
  retryKey: string | null;
  /** What that poll was answered; null until it is kept. */
  sealedAnswer: string | null;
}

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
): NewSession {
  const start = {
    id: decision.sessionId,
    tenantId: grant.tenantId,
    accountId: decision.accountId,
    contract: grant.contract,
    clientId: grant.clientId,
    // A grant that was approved before devices had names has none.
    name: decision.deviceName ?? null,
    scope: decision.scopes.join(" "),
    audience: grant.resources.join(" ") || null,
    authenticatedAt: decision.authenticatedAt,
  };
  return newSession(start, { requester: grant.requester, life: grant.session, now });
}
