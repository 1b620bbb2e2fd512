import { describe, expect, it } from "vitest";
import { Refused } from "../../src/core/refused.ts";
import { idempotencyKey } from "../../src/oauth/idempotency-key.ts";

describe("an idempotency key", () => {
  it("is null where none was sent", () => {
    expect(idempotencyKey(undefined)).toBeNull();
  });

  it.each([
    ["8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ["!~", "!~"],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ["a\\b", "a\\b"],
    ["a".repeat(255), "a".repeat(255)],
    [`"${"a".repeat(255)}"`, "a".repeat(255)],
  ])("is the same bare and quoted: %j", (header, key) => {
    expect(idempotencyKey(header)).toBe(key);
  });

  it.each([
    "",
    " ",
    '"',
    '""',
    '"open',
    '"a"b"',
    '"a\\b"',
    '"a b"',
    '"a";p=1',
    '"a", "b"',
    "a b",
    "one, two",
    "a\tb",
    "a\u0000",
    "käse",
    "a\u007f",
    "a".repeat(256),
    `"${"a".repeat(256)}"`,
  ])("is refused where it cannot be one: %j", (header) => {
    const refused = idempotencyKey(header);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({
      reason: "invalid_request",
      fields: [{ field: "Idempotency-Key" }],
    });
  });
});
