import type { CoreSettings } from "../ports.ts";
import type { Wait } from "./throttle.ts";

/** What is remembered of the failures at one factor of an account: its password, or its second factor. */
export interface FactorAttempts {
  /** In a row, from anywhere, since the last right one or a recovery. */
  failures: number;
  byAddress: Record<string, { failures: number; lastAt: number }>;
  /** When a recovery by way of another factor opened a few tries here again. */
  reopenedAt?: number;
}

export const noAttempts: FactorAttempts = { failures: 0, byAddress: {} };

type Limits = Pick<CoreSettings, "passwordFailuresBeforeDelay" | "passwordFailuresBeforeClosing">;

const LONGEST_DELAY_SECONDS = 15 * 60;
const CLOSED_RETRY_AFTER_SECONDS = 3600;
const ADDRESS_FORGOTTEN_AFTER_MS = 24 * 3600 * 1000;

/**
 * Counts an attempt as a failure until it turns out right, or says how long to wait.
 *
 * From one address, each failure past the limit doubles the delay. From all together, too many in a
 * row close the factor until recovery by mail (NIST SP 800-63B §3.2.2), so that the count cannot be
 * escaped by changing addresses.
 */
export function countAttempt(
  attempts: FactorAttempts,
  address: string,
  now: Date,
  limits: Limits,
): { attempts: FactorAttempts; wait: Wait | null } {
  if (attempts.failures >= limits.passwordFailuresBeforeClosing) {
    const limit = limits.passwordFailuresBeforeClosing;
    const closed = { retryAfterSeconds: CLOSED_RETRY_AFTER_SECONDS, limit };
    const isHelped = !wasReopenedLately(attempts, now);
    return { attempts, wait: isHelped ? { ...closed, untilRecovered: true } : closed };
  }
  const byAddress = withoutForgotten(attempts.byAddress, now);
  const mine = byAddress[address] ?? { failures: 0, lastAt: 0 };
  const waitMs = mine.lastAt + delayMs(mine.failures, limits) - now.getTime();
  if (waitMs > 0) {
    const limit = limits.passwordFailuresBeforeDelay;
    return { attempts, wait: { retryAfterSeconds: Math.ceil(waitMs / 1000), limit } };
  }
  byAddress[address] = { failures: mine.failures + 1, lastAt: now.getTime() };
  return { attempts: { ...attempts, failures: attempts.failures + 1, byAddress }, wait: null };
}

/** A right one ends the row of failures; what other addresses did wrong still delays them. */
export function acceptAttempt(attempts: FactorAttempts, address: string): FactorAttempts {
  const { [address]: _, ...byAddress } = attempts.byAddress;
  return { failures: 0, byAddress };
}

/** How many tries a recovery opens again where it does not prove the factor itself, and how often. */
const TRIES_AFTER_RECOVERY = 10;
const REOPENED_EVERY_MS = 30 * 24 * 3600 * 1000;

/**
 * What is left of the failures at one factor when the account was recovered by way of another: a few
 * tries, and none more for a month, or whoever reads the mailbox could buy fresh guesses with every
 * recovery.
 */
export function reopenAttempts(
  attempts: FactorAttempts,
  now: Date,
  limits: Limits,
): FactorAttempts {
  const { failures, reopenedAt = 0 } = attempts;
  const left = limits.passwordFailuresBeforeClosing - TRIES_AFTER_RECOVERY;
  if (failures <= left || wasReopenedLately(attempts, now)) {
    return { failures, byAddress: {}, ...(reopenedAt > 0 && { reopenedAt }) };
  }
  return { failures: Math.max(0, left), byAddress: {}, reopenedAt: now.getTime() };
}

function wasReopenedLately({ reopenedAt = 0 }: FactorAttempts, now: Date): boolean {
  return now.getTime() < reopenedAt + REOPENED_EVERY_MS;
}

/** An attempt that an outage left undecided told nobody anything: it is not a failure. */
export function takeBackAttempt(attempts: FactorAttempts, address: string): FactorAttempts {
  const { [address]: mine, ...others } = attempts.byAddress;
  const left =
    mine && mine.failures > 1 ? { [address]: { ...mine, failures: mine.failures - 1 } } : {};
  const failures = Math.max(0, attempts.failures - 1);
  return { ...attempts, failures, byAddress: { ...others, ...left } };
}

/** What counts where two counts come together: of each number the greater, so that neither is lowered. */
export function moreOfBoth(one: FactorAttempts, other: FactorAttempts): FactorAttempts {
  const byAddress = { ...one.byAddress };
  for (const [address, { failures, lastAt }] of Object.entries(other.byAddress)) {
    const here = byAddress[address] ?? { failures: 0, lastAt: 0 };
    byAddress[address] = {
      failures: Math.max(here.failures, failures),
      lastAt: Math.max(here.lastAt, lastAt),
    };
  }
  const reopenedAt = Math.max(one.reopenedAt ?? 0, other.reopenedAt ?? 0);
  return {
    failures: Math.max(one.failures, other.failures),
    byAddress,
    ...(reopenedAt > 0 && { reopenedAt }),
  };
}

function delayMs(failures: number, { passwordFailuresBeforeDelay }: Limits): number {
  const over = failures - passwordFailuresBeforeDelay;
  return over < 0 ? 0 : Math.min(2 ** over, LONGEST_DELAY_SECONDS) * 1000;
}

function withoutForgotten(byAddress: FactorAttempts["byAddress"], now: Date) {
  const since = now.getTime() - ADDRESS_FORGOTTEN_AFTER_MS;
  return Object.fromEntries(Object.entries(byAddress).filter(([, { lastAt }]) => lastAt > since));
}
