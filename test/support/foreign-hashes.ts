import { env } from "cloudflare:workers";
import { sealForeignHash } from "../../src/crypto/foreign-hash/seal-foreign-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";

/** What Node's and OpenSSL's implementations make of it below, with the bytes 0 to 15 as the salt. */
export const FOREIGN_PASSWORD = "gentle otter 🦦";

/** One of each kind, as their systems make them by default where that is named. */
export const FOREIGN_HASHES = {
  "bcrypt, as Supabase and Auth0 make it":
    "$2b$10$O9oUOVDY88B9FJdERstA3.pCt1azOLpQa6EfGn.jGT0eOQOyQ/S1S",
  "scrypt, as better-auth makes it":
    "$scrypt$ln=14,r=16,p=1$MDAwMTAyMDMwNDA1MDYwNzA4MDkwYTBiMGMwZDBlMGY$iuxl9fpVCE1G4CpR6ni9YEJPwuu6EVT7SfF1SDppQ+K93D3YOMX8phPFOo03b8AIdVupl2zpL2ffRw8MQijONQ",
  "argon2id, as Keycloak makes it":
    "$argon2id$v=19$m=7168,t=5,p=1$AAECAwQFBgcICQoLDA0ODw$J2C+gbj4visZ3HI39qRMlM/VfK0OpX7rj4rCEpj5tQg",
  "argon2id of 64 MiB in four lanes":
    "$argon2id$v=19$m=65536,t=3,p=4$AAECAwQFBgcICQoLDA0ODw$DDfblMe/PmUhiip0kOgPRdqS0jRXPETY0KdoVcM1iHE",
  "PBKDF2-SHA-1, longer than a block":
    "$pbkdf2-sha1$i=20000$AAECAwQFBgcICQoLDA0ODw$09ZhUqDMiXyJCCaAsaQJNEmVG/JmO30PSUMOAEWJLw2OW3S/dcKvT3dcXJiNyxqb33y25aVBRh2HOUWY1OQKyw",
  "PBKDF2-SHA-256, as Keycloak made it":
    "$pbkdf2-sha256$i=27500$AAECAwQFBgcICQoLDA0ODw$NcKjvat1eEWmSCbbjdytWgB1Gxgowk8e3KEHyCf2pPyUeE8TgFE8oHLqg3EtXc5a56NBkKGvRbwjnmf2bXLf6A",
  "PBKDF2-SHA-512, as passlib writes it":
    "$pbkdf2-sha512$30000$AAECAwQFBgcICQoLDA0ODw$l5ShlG9YVFeDPM06fJ5sZFMWMJoVhz/gSz2egpbUfDWhvUoCEoIvBMtD8sUHGlT9YtwoMiQ7OkjQMMMCmQ0UIA",
  "PBKDF2-SHA-256 of more than one call":
    "$pbkdf2-sha256$i=100001$AAECAwQFBgcICQoLDA0ODw$NMWklu4ab6J0UCV99hFm8KHuDkMEhsMIojgyRszpnIklIN40NdP6oEkTjP3ec0pT3Yg44bxY2KhOPf/n3l//DQ",
} as const;

/** Cheap ones, for tests of what happens around them. */
export const CHEAP_FOREIGN_HASH = "$2b$04$L9vd6NSa3p96wZMd5wbBCeaTkByqspFVHOPRDEc992Yb10cimhzA2";

const SALT = "AAECAwQFBgcICQoLDA0ODw";

/** One of PBKDF2-SHA-256, whose iterations the platform counts as it does ours. */
export async function pbkdf2Hash(iterations: number, password: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(password),
    "PBKDF2",
    false,
    ["deriveBits"],
  );
  const salt = Uint8Array.fromBase64(SALT, { alphabet: "base64url" });
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    key,
    256,
  );
  const hash = new Uint8Array(bits).toBase64({ alphabet: "base64url", omitPadding: true });
  return `$pbkdf2-sha256$i=${iterations}$${SALT}$${hash}`;
}

/** Gives an account a foreign hash in place of its own, as an import stores it. Gives what is stored. */
export async function giveForeignHash(
  email: string,
  hash: string,
  secret: string = env.AUTH_SECRET,
): Promise<string> {
  const stored = await sealForeignHash(createVault({ current: secret, previous: null }), hash);
  await env.DB.prepare(
    "UPDATE passwords SET hash = ? WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
  )
    .bind(stored, email)
    .run();
  return stored;
}
