import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfterSeconds } from "./retry-after-seconds.ts";

test("reads Retry-After as seconds or as a date, and anything else as nothing", () => {
  const now = Date.parse("2030-01-01T00:00:00Z");
  const read = (value: string) => retryAfterSeconds(new Headers({ "retry-after": value }), now);
  assert.equal(read("7"), 7);
  assert.equal(read("Tue, 01 Jan 2030 00:00:30 GMT"), 30);
  assert.equal(read("Mon, 31 Dec 2029 00:00:00 GMT"), 0);
  assert.equal(read("soon"), null);
  assert.equal(retryAfterSeconds(new Headers(), now), null);
});
