import type { DeviceGrant, GrantState, Pace } from "./device-grant.ts";

export const POLL_INTERVAL_SECONDS = 5;
const SLOWER_BY_SECONDS = 5;
const SLOWEST_SECONDS = 30;
/** Timers and networks jitter: a poll this much early is not punished. */
const TOLERANCE_SECONDS = 1;
/** How long after its end a grant still answers `expired_token` rather than `invalid_grant`. */
export const EXPIRED_TOKEN_SECONDS = 10;

export type PollAnswer =
  | "redeemable"
  | "authorization_pending"
  | "slow_down"
  | "access_denied"
  | "expired_token"
  | "invalid_grant";

/**
 * What a poll is told, and the pace kept from then on. RFC 8628 §3.5.
 *
 * The order matters: an approved grant is never throttled, or a client that polled too fast would
 * wait for tokens that are ready. A poll that is too fast does not move the mark, so that a client
 * which keeps to the announced interval plus five seconds is always let through again.
 */
export function answerPoll(
  grant: DeviceGrant,
  state: GrantState,
  pace: Pace,
  now: Date,
): { answer: PollAnswer; pace: Pace } {
  const settled = settledAnswer(grant, state, now);
  if (settled) {
    return { answer: settled, pace };
  }
  if (isTooFast(pace, now)) {
    const intervalSeconds = Math.min(pace.intervalSeconds + SLOWER_BY_SECONDS, SLOWEST_SECONDS);
    return { answer: "slow_down", pace: { ...pace, intervalSeconds } };
  }
  return { answer: "authorization_pending", pace: { ...pace, markedAt: now } };
}

function settledAnswer(grant: DeviceGrant, state: GrantState, now: Date): PollAnswer | null {
  if (now >= grant.expiresAt) {
    const forgottenAt = grant.expiresAt.getTime() + EXPIRED_TOKEN_SECONDS * 1000;
    return now.getTime() < forgottenAt ? "expired_token" : "invalid_grant";
  }
  if (state.is === "redeemed") {
    return "invalid_grant";
  }
  if (state.is === "decided") {
    return state.decision.approved ? "redeemable" : "access_denied";
  }
  return null;
}

function isTooFast({ markedAt, intervalSeconds }: Pace, now: Date): boolean {
  if (!markedAt) {
    return false;
  }
  const waited = now.getTime() - markedAt.getTime();
  return waited < (intervalSeconds - TOLERANCE_SECONDS) * 1000;
}
