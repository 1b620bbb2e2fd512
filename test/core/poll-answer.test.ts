import { describe, expect, it } from "vitest";
import type { DeviceGrant, GrantState, Pace } from "../../src/core/device/device-grant.ts";
import { answerPoll, type PollAnswer } from "../../src/core/device/poll-answer.ts";
import { REQUESTER } from "../support/requester.ts";

const START = Date.parse("2030-01-01T00:00:00Z");
const LIFETIME_SECONDS = 900;
const FRESH: Pace = { intervalSeconds: 5, markedAt: null };

const grant: DeviceGrant = {
  id: "00112233445566778899aabbccddeeff",
  tenantId: "tenant",
  userCode: "BCDF-GHJK",
  clientId: "tv",
  clientName: "TV",
  clientOwner: null,
  samePlace: null,
  scopes: ["openid"],
  resources: [],
  requester: REQUESTER,
  contract: "test",
  session: { idleSeconds: 60, absoluteSeconds: 600 },
  startedAt: new Date(START),
  expiresAt: new Date(START + LIFETIME_SECONDS * 1000),
};

const decision = {
  approved: true,
  approvedAt: new Date(START),
  approvedIn: "a session",
  authenticatedAt: new Date(START),
  accountId: "a",
  sessionId: "s",
  scopes: ["openid"],
  deviceName: null,
} as const;
const pending: GrantState = { is: "pending" };
const denied: GrantState = { is: "decided", decision: { approved: false } };
const approved: GrantState = { is: "decided", decision };
const redeemed: GrantState = {
  is: "redeemed",
  redemption: { decision, redeemedAt: new Date(START), retryKey: null, sealedAnswer: null },
};

const at = (seconds: number) => new Date(START + seconds * 1000);

/** Polls at each of these seconds, keeping the pace between. */
function pollAll(times: readonly number[], state = pending, from = FRESH) {
  let pace = from;
  return times.map((seconds) => {
    const answered = answerPoll(grant, state, pace, at(seconds));
    pace = answered.pace;
    return { ...answered, seconds };
  });
}

const answers = (polls: readonly { answer: PollAnswer }[]) => polls.map(({ answer }) => answer);

describe("what a poll is told first", () => {
  const justPolled: Pace = { intervalSeconds: 5, markedAt: at(100) };
  const justPolledAtTheEnd: Pace = { intervalSeconds: 5, markedAt: at(LIFETIME_SECONDS) };

  it.each<[string, GrantState, PollAnswer]>([
    ["pending", pending, "expired_token"],
    ["denied", denied, "expired_token"],
    ["approved", approved, "expired_token"],
    ["redeemed", redeemed, "expired_token"],
  ])("expired comes before %s and before too fast", (_, state, answer) => {
    const polled = answerPoll(grant, state, justPolledAtTheEnd, at(LIFETIME_SECONDS));
    expect(polled).toEqual({ answer, pace: justPolledAtTheEnd });
  });

  it.each<[string, GrantState, PollAnswer]>([
    ["denied", denied, "access_denied"],
    ["approved", approved, "redeemable"],
    ["redeemed", redeemed, "invalid_grant"],
  ])("%s is said however fast the poll, and leaves the pace alone", (_, state, answer) => {
    expect(answerPoll(grant, state, justPolled, at(100))).toEqual({ answer, pace: justPolled });
  });

  it("too fast comes before pending", () => {
    expect(answerPoll(grant, pending, justPolled, at(100)).answer).toBe("slow_down");
  });

  it("DEV-11: a denial stays a denial", () => {
    expect(answers(pollAll([0, 1, 6, 100, 899], denied))).toEqual(Array(5).fill("access_denied"));
  });
});

describe("DEV-12: the end of a grant", () => {
  it.each<[number, PollAnswer]>([
    [899.999, "authorization_pending"],
    [900, "expired_token"],
    [909.999, "expired_token"],
    [910, "invalid_grant"],
    [1_000_000, "invalid_grant"],
  ])("%d s after the start of a grant of 900 s: %s", (seconds, answer) => {
    expect(answerPoll(grant, pending, FRESH, at(seconds)).answer).toBe(answer);
  });
});

describe("DEV-10: the pace of a pending grant", () => {
  it("the first poll is free, even at the moment of the start", () => {
    const [first] = pollAll([0]);
    expect(first).toMatchObject({
      answer: "authorization_pending",
      pace: { intervalSeconds: 5, markedAt: at(0) },
    });
  });

  it.each<[number, PollAnswer]>([
    [3.999, "slow_down"],
    [4, "authorization_pending"],
    [5, "authorization_pending"],
  ])("a poll may be one second early: %d s after the one before: %s", (seconds, answer) => {
    expect(pollAll([0, seconds])[1]?.answer).toBe(answer);
  });

  it("too fast adds five seconds to the interval, up to 30 s", () => {
    const polls = pollAll([0, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]);
    const intervals = polls.map(({ pace }) => pace.intervalSeconds);
    expect(intervals).toEqual([5, 10, 15, 20, 25, 30, 30, 30]);
  });

  it("a longer interval stays, and is what the next poll is measured by", () => {
    const polls = pollAll([0, 1, 9, 17.999, 32]);
    expect(polls.map(({ answer, pace }) => [answer, pace.intervalSeconds])).toEqual([
      ["authorization_pending", 5],
      ["slow_down", 10],
      ["authorization_pending", 10],
      ["slow_down", 15],
      ["authorization_pending", 15],
    ]);
  });

  it("a poll that is too fast does not move the mark", () => {
    const polls = pollAll([0, 1, 2, 3]);
    expect(polls.map(({ pace }) => pace.markedAt)).toEqual(Array(4).fill(at(0)));
  });

  it("a poll that is told to wait moves the mark to itself", () => {
    expect(pollAll([0, 5, 10]).map(({ pace }) => pace.markedAt)).toEqual([at(0), at(5), at(10)]);
  });

  it("the pace that is given is not changed in place", () => {
    const given = Object.freeze({ intervalSeconds: 5, markedAt: at(0) });
    expect(() => answerPoll(grant, pending, given, at(1))).not.toThrow();
  });
});

describe("no client is shut out", () => {
  /** A client as RFC 8628 §3.5 wants it, however it began: five seconds slower at each slow_down. */
  function pollObediently(firstIntervalSeconds: number, burst: readonly number[]) {
    const waits: number[] = [];
    const early = pollAll(burst);
    let pace = early.at(-1)?.pace ?? FRESH;
    let interval =
      firstIntervalSeconds + 5 * answers(early).filter((a) => a === "slow_down").length;
    let now = burst.at(-1) ?? 0;
    let passedAt = early.findLast(({ answer }) => answer !== "slow_down")?.seconds ?? 0;
    while (now < LIFETIME_SECONDS - 60) {
      now += interval;
      const answered = answerPoll(grant, pending, pace, at(now));
      pace = answered.pace;
      if (answered.answer === "slow_down") {
        interval += 5;
      } else {
        waits.push(now - passedAt);
        passedAt = now;
      }
    }
    return { waits, interval };
  }

  it.each<[string, number, number[]]>([
    ["keeps to the interval", 5, [0]],
    ["polls every second", 1, [0]],
    ["polls without a pause", 0, [0]],
    ["polls every three seconds", 3, [0]],
    ["has just polled ten times in a second", 5, Array.from({ length: 10 }, (_, i) => i / 10)],
    ["begins slowly, then in a burst", 5, [0, 5, 10, 10.1, 10.2, 10.3]],
    ["polls just too early for the tolerance", 3.9, [0]],
  ])("a client that %s and slows down when told always gets through", (_, interval, burst) => {
    const { waits, interval: last } = pollObediently(interval, burst);
    expect(waits.length).toBeGreaterThan(10);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * 35);
    // Once it is slow enough it is never told again: the rest of its polls all pass.
    expect(waits.slice(-3)).toEqual(Array(3).fill(expect.closeTo(last, 6)));
  });

  it("a client that never slows down still gets through every 29 to 30 s", () => {
    const polls = pollAll(Array.from({ length: 800 }, (_, second) => second));
    const passed = polls.filter(({ answer }) => answer === "authorization_pending");
    const gaps = passed.slice(1).map(({ seconds }, i) => seconds - (passed[i]?.seconds ?? 0));
    expect(gaps.slice(1)).toEqual(Array(gaps.length - 1).fill(29));
    expect(gaps.length).toBeGreaterThan(20);
  });
});
