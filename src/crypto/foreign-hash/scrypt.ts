/// <reference path="./modules.d.ts" />
import { scrypt } from "node:crypto";
import type { Bytes, ForeignHash, ScryptHash } from "./foreign-hash.ts";

type FirebaseHash = Extract<ForeignHash, { scheme: "firebase-scrypt" }>;

/** RFC 7914, by the runtime itself, which asks for a limit: what the parameters need, and a bit. */
export function scryptOf(password: string, given: ScryptHash): Promise<Bytes> {
  return derive(password, given, given.hash.length);
}

/**
 * Firebase's own: what scrypt derives is a key, under which the project's signer key is encrypted.
 * https://github.com/firebase/scrypt
 */
export async function firebaseScryptOf(password: string, given: FirebaseHash): Promise<Bytes> {
  const derived = await derive(password, given, 32);
  const key = await crypto.subtle.importKey("raw", derived, "AES-CTR", false, ["encrypt"]);
  const algorithm = { name: "AES-CTR", counter: new Uint8Array(16), length: 128 };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, key, given.signerKey));
}

function derive(password: string, { n, r, p, salt }: ScryptHash, length: number): Promise<Bytes> {
  const options = { N: n, r, p, maxmem: 128 * r * (n + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, options, (error, key) => {
      error ? reject(error) : resolve(new Uint8Array(key));
    });
  });
}
