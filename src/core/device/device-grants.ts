import type { Caller } from "../caller/caller.ts";
import type { DeviceGrant } from "./device-grant.ts";
import type { PollAnswer } from "./poll-answer.ts";

export interface DeviceGrants {
  /** False when the user code is taken by a live grant. */
  start(grant: DeviceGrant): Promise<boolean>;
  /**
   * Exactly one poll ever gets `redeemed`, and by then the session is stored; with it only those that
   * bring the same `retryKey` within a minute. A poll that would be told to wait is held for up to
   * `waitSeconds`, and answered as soon as the person decides.
   */
  poll(locator: DeviceGrantLocator, poll: DevicePoll): Promise<PollOutcome>;
  /**
   * Keeps the answer to the poll that redeemed, for retries under its key. The first that is kept
   * stays: says which. Null when no such poll redeemed the grant.
   */
  keepAnswer(
    locator: DeviceGrantLocator,
    kept: { retryKey: string; sealedAnswer: string },
  ): Promise<string | null>;
  /** A socket that says `decided` once the person has decided; null for a grant that is not there. */
  watch(locator: DeviceGrantLocator): Promise<WebSocket | "too many" | null>;
}

/** Where a grant lives. */
export interface DeviceGrantLocator {
  tenantId: string;
  userCode: string;
  grantId: string;
}

export interface DevicePoll {
  clientId: string;
  /** A digest of what the device calls this attempt; null when a lost answer is lost. */
  retryKey: string | null;
  /** 0 is answered at once. */
  waitSeconds: number;
}

export type PollOutcome =
  | { answer: Exclude<PollAnswer, "redeemable"> }
  | { answer: "redeemed"; caller: Caller }
  /** What `keepAnswer` kept for a poll under this key. */
  | { answer: "kept"; sealedAnswer: string };
