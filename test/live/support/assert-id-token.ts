import assert from "node:assert/strict";
import type { Tokens } from "./device-tokens.ts";
import { issuer } from "./issuer.ts";

/** Asserts that the ID token says who signed in to which client, for a quarter of an hour, and no more. */
export function assertIdToken(
  tokens: Tokens,
  expected: { sub: string; aud: string; nonce?: string },
): void {
  const { iat, exp, auth_time, sid, ...claims } = tokens.claims() ?? assert.fail("no ID token");
  assert.deepEqual(claims, { iss: issuer, ...expected });
  assert.equal(exp - iat, 900);
  assert.ok(auth_time !== undefined && auth_time <= iat);
  assert.match(String(sid), /^[0-9a-f-]{36}$/);
}
