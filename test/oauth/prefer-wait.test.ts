import { describe, expect, it } from "vitest";
import { MAX_WAIT_SECONDS, preferWait } from "../../src/oauth/prefer-wait.ts";

describe("how long a poll may be held", () => {
  it.each([
    ["wait=1", 1],
    ["wait=25", 25],
    ["WAIT=10", 10],
    ["Wait = 10", 10],
    ['wait="10"', 10],
    [" wait=10 ", 10],
    ["respond-async, wait=10", 10],
    ["respond-async,wait=10,handling=lenient", 10],
    ["wait=10; as=long; as=it takes", 10],
    ['note="one, wait=9", wait=10', 10],
    ['note="a \\" quote, wait=9", wait=10', 10],
  ])("reads %j", (header, seconds) => {
    expect(preferWait(header)).toBe(seconds);
  });

  it.each(["wait=26", "wait=3600", "wait=99999999999999999999", `wait=${"9".repeat(400)}`])(
    "is never longer than the most: %j",
    (header) => {
      expect(preferWait(header)).toBe(MAX_WAIT_SECONDS);
    },
  );

  it("is said by the first of several", () => {
    expect(preferWait("wait=3, wait=20")).toBe(3);
    expect(preferWait("wait=soon, wait=20")).toBe(0);
  });

  it.each([
    undefined,
    "",
    ",",
    "=",
    "wait",
    "wait=",
    "wait=0",
    "wait=-1",
    "wait=+1",
    "wait=1.5",
    "wait=1e1",
    "wait=0x10",
    "wait=ten",
    'wait="10',
    'wait=10"',
    "wait=10 s",
    "wait:10",
    "waiting=10",
    "await=10",
    "respond-async; wait=10",
    'note="wait=10',
    'note=", wait=10',
  ])("is nothing where it cannot be read: %j", (header) => {
    expect(preferWait(header)).toBe(0);
  });

  it("is read in a time that grows with the header, not with its square", () => {
    for (const unit of ['"', '\\"', ",", "wait", " ", '"\\']) {
      expect(preferWait(unit.repeat(1_000_000))).toBe(0);
    }
  });
});
