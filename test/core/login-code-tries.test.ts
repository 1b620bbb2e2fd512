import { describe, expect, it } from "vitest";
import {
  countWrongTry,
  forgetCode,
  isUsedUp,
  type KeptLoginCode,
  replaceCode,
  withoutCode,
} from "../../src/core/login-code/login-code-tries.ts";

const NOW = new Date("2026-05-01T12:00:00Z");
const LATER = new Date("2026-05-01T12:10:00Z");
const DRAWN = {
  shortDigest: "short",
  longDigest: "long",
  announcedId: null,
  orderId: "an order",
  sessionId: "a session",
};

const sent = (wrongInARow = 0, before = withoutCode(NOW), orderId = DRAWN.orderId) =>
  replaceCode(before, { ...DRAWN, orderId }, { wrongInARow, expiresAt: LATER });

/** What is kept after wrong tries, and how many of a row there are then. */
function tried(kept: KeptLoginCode, times: number) {
  let state = { kept, wrongInARow: 0 };
  for (let time = 0; time < times; time++) {
    state = countWrongTry(state.kept, state.wrongInARow) ?? state;
  }
  return state;
}

describe("a short login code", () => {
  it("takes five tries", () => {
    expect(isUsedUp(tried(sent(), 4).kept)).toBe(false);
    expect(isUsedUp(tried(sent(), 5).kept)).toBe(true);
  });

  it("has its tries used up for ten minutes where none was sent, and counts in no row", () => {
    const { kept, wrongInARow } = tried(withoutCode(NOW), 5);

    expect(isUsedUp(kept)).toBe(true);
    expect(kept.expiresAt).toBe(LATER.getTime());
    expect(wrongInARow).toBe(0);
  });

  it("has tries of its own, but for an order that comes again", () => {
    const { kept } = tried(sent(), 5);

    expect(isUsedUp(sent(5, kept))).toBe(true);
    expect(isUsedUp(sent(5, kept, "another order"))).toBe(false);
  });

  it("gives no fresh tries once it is forgotten", () => {
    expect(isUsedUp(forgetCode(tried(sent(), 5).kept))).toBe(true);
  });
});

describe("after a hundred wrong ones in a row", () => {
  it("a mailbox gets the long code, at which tries are not counted", () => {
    expect(sent(99)).toMatchObject({ digest: "short", isLong: false });
    const long = sent(100);
    expect(long).toMatchObject({ digest: "long", isLong: true });

    expect(countWrongTry(long, 100)).toBeNull();
    expect(isUsedUp(long)).toBe(false);
  });
});
