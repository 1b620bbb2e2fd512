import { describe, expect, it } from "vitest";
import {
  acceptAttempt,
  countAttempt,
  type FactorAttempts,
  moreOfBoth,
  noAttempts,
  reopenAttempts,
  takeBackAttempt,
} from "../../src/core/throttle/factor-attempts.ts";

const START = Date.parse("2030-01-01T00:00:00Z");
const DAY_SECONDS = 24 * 3600;
const LIMITS = { passwordFailuresBeforeDelay: 10, passwordFailuresBeforeClosing: 100 };
const HOME = "198.18.0.1";
const AWAY = "198.18.0.2";

const at = (seconds: number) => new Date(START + seconds * 1000);

/** Fails once from each address in turn, all at one moment. */
function failedFrom(addresses: readonly string[], seconds = 0, before = noAttempts) {
  return addresses.reduce((attempts, address) => {
    const counted = countAttempt(attempts, address, at(seconds), LIMITS);
    expect(counted.wait).toBeNull();
    return counted.attempts;
  }, before);
}

const times = (count: number, address: string) => Array<string>(count).fill(address);
const addresses = (count: number) => Array.from({ length: count }, (_, i) => `198.18.1.${i}`);

/** Tries as soon as it may, and tells how long each try had to wait. */
function waitsOf(count: number, from: FactorAttempts): number[] {
  let attempts = from;
  let now = 0;
  return Array.from({ length: count }, () => {
    const wait = countAttempt(attempts, HOME, at(now), LIMITS).wait;
    const seconds = wait?.retryAfterSeconds ?? 0;
    now += seconds;
    const counted = countAttempt(attempts, HOME, at(now), LIMITS);
    expect(counted.wait).toBeNull();
    attempts = counted.attempts;
    return seconds;
  });
}

describe("failures from one address", () => {
  it("ten cost no delay, the eleventh waits a second", () => {
    const attempts = failedFrom(times(10, HOME));
    expect(countAttempt(attempts, HOME, at(0), LIMITS)).toEqual({
      attempts,
      wait: { retryAfterSeconds: 1, limit: 10 },
    });
  });

  it("each further one doubles the delay, up to 15 minutes", () => {
    const waits = waitsOf(14, failedFrom(times(10, HOME)));
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
  });

  it("may go on at the moment the delay is over, not a millisecond before", () => {
    const attempts = { failures: 12, byAddress: { [HOME]: { failures: 12, lastAt: START } } };
    expect(countAttempt(attempts, HOME, at(3.999), LIMITS).wait).not.toBeNull();
    expect(countAttempt(attempts, HOME, at(4), LIMITS).wait).toBeNull();
  });

  it("rounds the time left up, so that who waits that long is let through", () => {
    const attempts = failedFrom(times(10, HOME));
    expect(countAttempt(attempts, HOME, at(0.001), LIMITS).wait?.retryAfterSeconds).toBe(1);
  });

  it("tries that have to wait are not counted: hammering makes no delay longer", () => {
    const attempts = failedFrom(times(10, HOME));
    const hammered = Array.from({ length: 50 }).reduce<FactorAttempts>(
      (left) => countAttempt(left, HOME, at(0.5), LIMITS).attempts,
      attempts,
    );
    expect(hammered).toEqual(attempts);
  });

  it("delay no other address", () => {
    const attempts = failedFrom(times(10, HOME));
    expect(countAttempt(attempts, HOME, at(0), LIMITS).wait).not.toBeNull();
    expect(countAttempt(attempts, AWAY, at(0), LIMITS).wait).toBeNull();
  });

  it("are forgotten after 24 hours, and not before", () => {
    const attempts = { failures: 20, byAddress: { [HOME]: { failures: 20, lastAt: START } } };
    const failuresAt = (seconds: number) =>
      countAttempt(attempts, HOME, at(seconds), LIMITS).attempts.byAddress[HOME]?.failures;
    expect(failuresAt(DAY_SECONDS - 0.001)).toBe(21);
    expect(failuresAt(DAY_SECONDS)).toBe(1);
  });

  it("take no room once forgotten", () => {
    const attempts = failedFrom(addresses(50));
    const later = countAttempt(attempts, HOME, at(DAY_SECONDS), LIMITS).attempts;
    expect(Object.keys(later.byAddress)).toEqual([HOME]);
  });

  it("begin to delay where the setting says", () => {
    const strict = { ...LIMITS, passwordFailuresBeforeDelay: 3 };
    const attempts = failedFrom(times(3, HOME));
    expect(countAttempt(attempts, HOME, at(0), strict).wait).toEqual({
      retryAfterSeconds: 1,
      limit: 3,
    });
  });
});

describe("failures from everywhere", () => {
  const closed = failedFrom(addresses(100));

  it("the hundredth is looked at, the one after is not, wherever it comes from", () => {
    const [first = ""] = addresses(1);
    for (const address of [first, HOME]) {
      expect(countAttempt(closed, address, at(0), LIMITS)).toEqual({
        attempts: closed,
        wait: { retryAfterSeconds: 3600, limit: 100, untilRecovered: true },
      });
    }
  });

  it("no time opens what they closed", () => {
    expect(countAttempt(closed, HOME, at(10 * 365 * DAY_SECONDS), LIMITS).wait).not.toBeNull();
  });

  it("are counted on when the addresses they came from are forgotten", () => {
    const attempts = failedFrom(addresses(99));
    const hundredth = countAttempt(attempts, HOME, at(2 * DAY_SECONDS), LIMITS);
    expect(hundredth).toMatchObject({ wait: null, attempts: { failures: 100 } });
    expect(countAttempt(hundredth.attempts, HOME, at(3 * DAY_SECONDS), LIMITS).wait).not.toBeNull();
  });

  it("close where the setting says", () => {
    const strict = { ...LIMITS, passwordFailuresBeforeClosing: 20 };
    const attempts = failedFrom(addresses(20));
    expect(countAttempt(attempts, HOME, at(0), strict).wait).toEqual({
      retryAfterSeconds: 3600,
      limit: 20,
      untilRecovered: true,
    });
  });
});

describe("a right password", () => {
  it("ends the row: a hundred more are needed to close", () => {
    const attempts = acceptAttempt(failedFrom(addresses(99)), HOME);
    expect(attempts.failures).toBe(0);
    const again = failedFrom(
      Array.from({ length: 100 }, (_, i) => `198.19.0.${i}`),
      0,
      attempts,
    );
    expect(countAttempt(again, HOME, at(0), LIMITS).wait).not.toBeNull();
  });

  it("forgets what its own address did wrong", () => {
    const attempts = acceptAttempt(failedFrom(times(10, HOME)), HOME);
    expect(attempts).toEqual(noAttempts);
  });

  it("keeps the delays of other addresses", () => {
    const attempts = acceptAttempt(failedFrom([...times(10, AWAY), HOME]), HOME);
    expect(countAttempt(attempts, AWAY, at(0), LIMITS).wait).toEqual({
      retryAfterSeconds: 1,
      limit: 10,
    });
    expect(countAttempt(attempts, HOME, at(0), LIMITS).wait).toBeNull();
  });
});

describe("an attempt that was never decided", () => {
  it("is taken back: as if it had not been made", () => {
    expect(takeBackAttempt(failedFrom([HOME]), HOME)).toEqual(noAttempts);
    expect(takeBackAttempt(failedFrom(times(5, HOME)), HOME)).toEqual(failedFrom(times(4, HOME)));
  });

  it("changes nothing about other addresses", () => {
    const attempts = takeBackAttempt(failedFrom([...times(10, AWAY), HOME]), HOME);
    expect(attempts).toEqual(failedFrom(times(10, AWAY)));
    expect(countAttempt(attempts, AWAY, at(0), LIMITS).wait).not.toBeNull();
  });

  it("opens no more than its own place in a row that it closed", () => {
    const attempts = takeBackAttempt(failedFrom([...addresses(99), HOME]), HOME);
    const next = countAttempt(attempts, HOME, at(0), LIMITS);
    expect(next.wait).toBeNull();
    expect(countAttempt(next.attempts, AWAY, at(0), LIMITS).wait).not.toBeNull();
  });

  it("takes no count below nothing, where a right password ended the row meanwhile", () => {
    const ended = acceptAttempt(failedFrom([HOME]), HOME);
    expect(takeBackAttempt(ended, HOME)).toEqual(noAttempts);
  });
});

describe("a recovery that does not prove the factor itself", () => {
  const closed = failedFrom(addresses(100));
  const MONTH_SECONDS = 30 * DAY_SECONDS;

  it("opens ten tries where it was closed", () => {
    const reopened = reopenAttempts(closed, at(0), LIMITS);

    const again = failedFrom(addresses(10), 0, reopened);

    expect(countAttempt(again, AWAY, at(0), LIMITS).wait?.limit).toBe(100);
  });

  it("opens no more with any further one, for a month", () => {
    const spent = failedFrom(addresses(10), 0, reopenAttempts(closed, at(0), LIMITS));

    const soon = reopenAttempts(spent, at(MONTH_SECONDS - 1), LIMITS);
    const later = reopenAttempts(soon, at(MONTH_SECONDS), LIMITS);

    expect(soon.failures).toBe(100);
    expect(later.failures).toBe(90);
    const waitAt = (seconds: number) => countAttempt(soon, HOME, at(seconds), LIMITS).wait;
    expect(waitAt(MONTH_SECONDS - 1)).toEqual({ retryAfterSeconds: 3600, limit: 100 });
    expect(waitAt(MONTH_SECONDS)?.untilRecovered).toBe(true);
  });

  it("is remembered while further tries fail or are taken back, and not past a right one", () => {
    const reopened = reopenAttempts(closed, at(0), LIMITS);
    const tried = takeBackAttempt(failedFrom([HOME, HOME], 0, reopened), HOME);

    expect(tried.reopenedAt).toBe(START);
    expect(reopenAttempts(tried, at(1), LIMITS).reopenedAt).toBe(START);
    expect(acceptAttempt(tried, HOME)).toEqual(noAttempts);
  });

  it("makes nothing worse where little went wrong", () => {
    expect(reopenAttempts(failedFrom([HOME]), at(0), LIMITS)).toEqual({
      failures: 1,
      byAddress: {},
    });
  });
});

describe("two counts that come together", () => {
  it("lower nothing, and are the same either way round and however often", () => {
    const one = {
      failures: 40,
      byAddress: { [HOME]: { failures: 3, lastAt: 9 }, [AWAY]: { failures: 12, lastAt: 5 } },
    };
    const other = {
      failures: 90,
      byAddress: { [AWAY]: { failures: 2, lastAt: 7 } },
      reopenedAt: START,
    };

    const both = moreOfBoth(one, other);

    expect(both).toEqual({
      failures: 90,
      byAddress: { [HOME]: { failures: 3, lastAt: 9 }, [AWAY]: { failures: 12, lastAt: 7 } },
      reopenedAt: START,
    });
    expect(moreOfBoth(other, one)).toEqual(both);
    expect(moreOfBoth(both, other)).toEqual(both);
    expect(moreOfBoth(noAttempts, noAttempts)).toEqual(noAttempts);
  });
});
