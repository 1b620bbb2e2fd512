/** A password hash that another system made, taken apart. What it costs is within `LIMITS`. */
export type ForeignHash =
  | { scheme: "bcrypt"; text: string; cost: number }
  | ({ scheme: "scrypt" } & ScryptHash)
  | ({ scheme: "firebase-scrypt"; signerKey: Bytes } & ScryptHash)
  | {
      scheme: "argon2id";
      memoryKib: number;
      passes: number;
      lanes: number;
      salt: Bytes;
      hash: Bytes;
    }
  | { scheme: "pbkdf2"; digest: Digest; iterations: number; salt: Bytes; hash: Bytes };

export interface ScryptHash {
  n: number;
  r: number;
  p: number;
  salt: Bytes;
  hash: Bytes;
}

export type Digest = keyof typeof DIGEST_BYTES;
export type Bytes = Uint8Array<ArrayBuffer>;

/** Why a hash cannot be taken, for the person who imports it. It shows nothing of the hash. */
export class ForeignHashProblem extends Error {}

/**
 * What one check may cost. Where the work cannot be cut into pieces it holds up its isolate. On a machine
 * that computes our own hash in 75 ms, bcrypt and scrypt hold it for 150 at most and argon2id, whose
 * usual parameters cost as much, for 300. An isolate has 128 MB, of which argon2id keeps 65 once it was
 * used.
 */
export const LIMITS = {
  bcryptCost: 11,
  scryptMemoryMib: 32,
  /** N·r·p. Cloudflare refuses more than 2^20. */
  scryptWork: 2 ** 19,
  argonMemoryKib: 65_536,
  /** Memory in KiB times passes. */
  argonWork: 262_144,
  pbkdf2Iterations: { "SHA-1": 600_000, "SHA-256": 600_000, "SHA-512": 210_000 },
} as const;

const DIGEST_BYTES = { "SHA-1": 20, "SHA-256": 32, "SHA-512": 64 } as const;
/** Shorter ones would let in too many passwords; longer ones nobody makes. */
const HASH_BYTES = { least: 16, most: 128 };
const SALT_BYTES_MOST = 256;

/**
 * Takes a hash apart that another system made, in the text it is known by: bcrypt as everywhere, the
 * rest as PHC strings, Firebase's scrypt as Supabase writes it. Throws a `ForeignHashProblem` for what
 * is no such text, and for what would cost more than `LIMITS`.
 */
export function readForeignHash(text: string): ForeignHash {
  const scheme = /^\$([a-z0-9-]+)\$/.exec(text)?.[1] ?? "";
  const read = Object.hasOwn(READERS, scheme) ? READERS[scheme] : undefined;
  if (!read) {
    throw new ForeignHashProblem(
      `the password hash is of no kind that is known here: ${Object.keys(READERS).join(", ")}`,
    );
  }
  return read(text);
}

const READERS: Readonly<Record<string, (text: string) => ForeignHash>> = {
  "2a": readBcrypt,
  "2b": readBcrypt,
  "2y": readBcrypt,
  scrypt: readScrypt,
  fbscrypt: readFirebaseScrypt,
  argon2id: readArgon2id,
  "pbkdf2-sha1": (text) => readPbkdf2("SHA-1", text),
  "pbkdf2-sha256": (text) => readPbkdf2("SHA-256", text),
  "pbkdf2-sha512": (text) => readPbkdf2("SHA-512", text),
};

function readBcrypt(text: string): ForeignHash {
  const [, cost] = matched(text, /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/, "bcrypt");
  const given = Number(cost);
  atMost(given, LIMITS.bcryptCost, "bcrypt's cost");
  if (given < 4) {
    throw new ForeignHashProblem("bcrypt's cost is at least 4");
  }
  return { scheme: "bcrypt", text, cost: given };
}

/** `$scrypt$ln=14,r=16,p=1$<salt>$<hash>`, where N is two to the power of `ln`. */
function readScrypt(text: string): ForeignHash {
  const format = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;
  const [, ln, r, p, salt = "", hash = ""] = matched(text, format, "scrypt");
  const given = { salt: readSalt(salt), hash: readHash(hash) };
  return { scheme: "scrypt", ...readCost(Number(ln), Number(r), Number(p)), ...given };
}

/** `$fbscrypt$v=1,n=14,r=8,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>`. */
function readFirebaseScrypt(text: string): ForeignHash {
  const format =
    /^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=(\d+),ss=([^$,]*),sk=([^$,]+)\$([^$]+)\$([^$]+)$/;
  const [, n, r, p, separator = "", key = "", salt = "", hash = ""] = matched(
    text,
    format,
    "Firebase's scrypt",
  );
  const signerKey = fromBase64(key);
  const joined = new Uint8Array([...readSalt(salt), ...(fromBase64(separator) ?? [])]);
  const given = { salt: joined, hash: readHash(hash) };
  if (!signerKey || signerKey.length !== given.hash.length) {
    throw new ForeignHashProblem("Firebase's signer key and its hashes have the same length");
  }
  return {
    scheme: "firebase-scrypt",
    signerKey,
    ...readCost(Number(n), Number(r), Number(p)),
    ...given,
  };
}

function readCost(ln: number, r: number, p: number): Pick<ScryptHash, "n" | "r" | "p"> {
  const n = 2 ** ln;
  atMost((128 * n * r) / 2 ** 20, LIMITS.scryptMemoryMib, "scrypt's memory in MiB");
  atMost(n * r * p, LIMITS.scryptWork, "scrypt's N·r·p");
  if (ln < 1 || r < 1 || p < 1) {
    throw new ForeignHashProblem("scrypt's N, r and p are whole numbers from 2, 1 and 1");
  }
  return { n, r, p };
}

/** `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>`. RFC 9106 §3.1. */
function readArgon2id(text: string): ForeignHash {
  const format = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;
  const [, m, t, p, salt = "", hash = ""] = matched(text, format, "argon2id, version 19,");
  const [memoryKib, passes, lanes] = [Number(m), Number(t), Number(p)];
  atMost(memoryKib, LIMITS.argonMemoryKib, "argon2id's memory in KiB");
  atMost(memoryKib * passes, LIMITS.argonWork, "argon2id's memory in KiB times its passes");
  const given = { memoryKib, passes, lanes, salt: readSalt(salt), hash: readHash(hash) };
  if (passes < 1 || lanes < 1 || memoryKib < 8 * lanes || given.salt.length < 8) {
    throw new ForeignHashProblem("argon2id's parameters are out of their range (RFC 9106 §3.1)");
  }
  return { scheme: "argon2id", ...given };
}

/** `$pbkdf2-sha256$i=27500$<salt>$<hash>`, also without `i=` as passlib writes it. */
function readPbkdf2(digest: Digest, text: string): ForeignHash {
  const format = /^\$pbkdf2-sha\d+\$(?:i=)?(\d+)(?:,l=\d+)?\$([^$]+)\$([^$]+)$/;
  const [, given, salt = "", hash = ""] = matched(text, format, "PBKDF2 in PHC form");
  const iterations = Number(given);
  atMost(iterations, LIMITS.pbkdf2Iterations[digest], `PBKDF2-${digest}'s iterations`);
  if (iterations < 1) {
    throw new ForeignHashProblem("PBKDF2 has at least one iteration");
  }
  // Blocks are computed one by one and each tells the password: more than the first is no more proof.
  const block = readHash(hash).slice(0, DIGEST_BYTES[digest]);
  return { scheme: "pbkdf2", digest, iterations, salt: readSalt(salt), hash: block };
}

function matched(text: string, format: RegExp, name: string): RegExpExecArray {
  const found = format.exec(text);
  if (!found) {
    throw new ForeignHashProblem(`the password hash is not written as ${name} is`);
  }
  return found;
}

function atMost(given: number, limit: number, what: string): void {
  if (given > limit) {
    throw new ForeignHashProblem(`${what} may be ${limit} at most, and is ${given}`);
  }
}

function readSalt(text: string): Bytes {
  const salt = fromBase64(text);
  if (!salt || salt.length === 0 || salt.length > SALT_BYTES_MOST) {
    throw new ForeignHashProblem("the salt of the password hash is no Base64 of a usual length");
  }
  return salt;
}

function readHash(text: string): Bytes {
  const hash = fromBase64(text);
  if (!hash || hash.length < HASH_BYTES.least || hash.length > HASH_BYTES.most) {
    throw new ForeignHashProblem("the password hash itself is no Base64 of a usual length");
  }
  return hash;
}

/** In any of the alphabets that are in use: the standard one, base64url, and passlib's dot for a plus. */
function fromBase64(text: string): Bytes | null {
  try {
    const standard = text.replaceAll(/[.-]/g, "+").replaceAll("_", "/");
    return Uint8Array.fromBase64(standard, { lastChunkHandling: "loose" });
  } catch {
    return null;
  }
}
