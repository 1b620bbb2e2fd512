import { env } from "cloudflare:workers";
import { jwtVerify, SignJWT } from "jose";
import { afterEach, beforeEach, vi } from "vitest";
import type { Clock, SigningKeyStore } from "../../src/core/ports.ts";
import { createSigningKeys, type SigningKeys } from "../../src/crypto/signing-keys.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1SigningKeys } from "../../src/storage/d1/signing-keys.ts";

export const SECRET = "a-master-secret-that-is-long-enough";
export const OTHER_SECRET = "another-master-secret-of-good-length";
export const MINUTE = 60;
export const DAY = 86_400;
/** An access token of an account that an operator flagged for Zapier. */
export const LONGEST_TOKEN_DAYS = 90;

const clock: Clock = { now: () => new Date() };
export const store = d1SigningKeys(openDatabase(env.DB));
export const vault = createVault({ current: SECRET, previous: null });

/** The keys as another isolate sees them: nothing read yet. */
export const isolate = (by = vault, from: SigningKeyStore = store) =>
  createSigningKeys(from, by, clock);

/** Begins every test of a file at one time, and without a key. */
export function beginWithoutKeys(): void {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
    await env.DB.exec("DELETE FROM signing_keys");
  });
  afterEach(() => void vi.useRealTimers());
}

export const pass = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
export const kidsOf = async (keys: SigningKeys) => (await keys.jwks()).keys.map(({ kid }) => kid);
export const currentKid = async (keys: SigningKeys) => (await keys.current()).kid;

/** A token signed by the key that is current, and whether the published keys verify it. */
export const signed = async (keys: SigningKeys) => {
  const { kid, privateKey } = await keys.current();
  return {
    kid,
    token: await new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey),
  };
};
export async function verifies({ kid, token }: { kid: string; token: string }, keys: SigningKeys) {
  const key = await keys.find(kid);
  return key !== null && (await jwtVerify(token, key).then(() => true));
}
