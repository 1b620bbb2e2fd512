import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass, warn } from "../finding.ts";

/** What a public key of ours holds. RFC 7517, RFC 7518 §6.2.1. */
const PUBLIC = ["alg", "crv", "kid", "kty", "use", "x", "y"];
/** A key signs for a month, and is published for three months more and one ahead. */
const MOST_KEYS = 8;
/** How long a cache may hold the document, or a key that was withdrawn is believed for too long. */
const MOST_SECONDS = 3600;

/** Whoever verifies tokens finds the keys, public parts alone, and hears of a new one in time. */
export const publishesKeys: Check = {
  name: "keys",
  title: "Public keys are published, and nothing private",
  async look(patient) {
    const { status, body, headers } = await ask(patient, "/.well-known/jwks.json");
    const keys = Array.isArray(body["keys"]) ? (body["keys"] as Record<string, unknown>[]) : null;
    if (status !== 200 || keys === null) {
      return fail(`The JWKS answers ${status}.`, "See npm run admin -- list-signing-keys --remote");
    }
    const odd = keys.filter((key) => !isPublicKey(key));
    if (odd.length > 0) {
      return fail(
        `${odd.length} of ${keys.length} keys are no public ES256 signing keys.`,
        "Withdraw them at once: docs/operating.md, A signing key is not safe.",
      );
    }
    const age = Number(/max-age=(\d+)/.exec(headers.get("cache-control") ?? "")?.[1] ?? -1);
    if (age < 0 || age > MOST_SECONDS) {
      return fail(
        `It may be kept for ${age < 0 ? "as long as a cache likes" : `${age} s`}.`,
        "Look for a Cache Rule on /.well-known: the Worker says max-age=300.",
      );
    }
    return judged(keys.length, age);
  },
};

function judged(count: number, age: number) {
  if (count === 0) {
    return pass("None yet: the first sign-in makes the first.");
  }
  return count > MOST_KEYS
    ? warn(
        `${count} keys, more than rotation leaves.`,
        "See which: npm run admin -- list-signing-keys --remote",
      )
    : pass(`${count} of ES256, kept by caches for ${age} s.`);
}

function isPublicKey(key: Record<string, unknown>): boolean {
  const names = Object.keys(key).sort();
  return (
    names.join() === PUBLIC.join() &&
    key["kty"] === "EC" &&
    key["crv"] === "P-256" &&
    key["alg"] === "ES256" &&
    key["use"] === "sig"
  );
}
