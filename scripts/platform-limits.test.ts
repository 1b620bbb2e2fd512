import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const sources = globSync("src/**/*.{ts,tsx}");

/** The files in which a pattern occurs, in order. */
const filesWith = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(file, "utf8"))).sort();

test("REL-09: PBKDF2 is called in two places, with no more iterations than production allows", () => {
  const callers = ["src/crypto/chained-hash.ts", "src/crypto/foreign-hash/pbkdf2.ts"];
  assert.deepEqual(filesWith(/"PBKDF2"/), callers);
  for (const caller of callers) {
    assert.match(readFileSync(caller, "utf8"), /ITERATIONS_PER_CALL = 100_000;/);
  }
});

test("REL-09: a list of values is bound to a statement where it is short by itself, and nowhere else", () => {
  // The three roles; the two kinds of key; signing keys of a few months; what a request may list of sessions; eight recovery codes, and the two spellings of one; the events of the service.
  assert.deepEqual(filesWith(/\b(?:notInArray|inArray)\(/), [
    "src/storage/d1/change-account.ts",
    "src/storage/d1/events-of-tenant.ts",
    "src/storage/d1/is-still-in.ts",
    "src/storage/d1/is-target.ts",
    "src/storage/d1/keys-made-by.ts",
    "src/storage/d1/second-factors.ts",
    "src/storage/d1/sessions.ts",
    "src/storage/d1/signing-keys.ts",
    "src/storage/d1/spend-second-factor.ts",
  ]);
  assert.deepEqual(filesWith(/\.values\(\s*\[|\.values\(\w+\.map/), []);
});

test("what is used of Node stands beside the flag in wrangler.toml that brings it", () => {
  assert.deepEqual(filesWith(/from "node:/), [
    "src/crypto/foreign-hash/scrypt.ts",
    "src/http/store-calls.ts",
  ]);
  assert.match(
    readFileSync("wrangler.toml", "utf8"),
    /AsyncLocalStorage.*scrypt.*\n.*\n^compatibility_flags = \["nodejs_compat"\]$/m,
  );
});
