import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { giveWay } from "../give-way.ts";
import type { Bytes, Digest } from "./foreign-hash.ts";

/** Some 30 ms of work. The library's own loop gives way by a clock that stands still in production. */
const STEP = 10_000;
const HASHES = { "SHA-1": sha1, "SHA-256": sha256, "SHA-512": sha512 };
const FIRST_BLOCK = Uint8Array.of(0, 0, 0, 1);

interface Parameters {
  digest: Digest;
  iterations: number;
  salt: Bytes;
}

/** The first block of PBKDF2, `F` of RFC 8018 §5.2, letting others go on between its steps. */
export async function pbkdf2InSteps(
  password: Uint8Array,
  { digest, iterations, salt }: Parameters,
  stillHere: () => void,
): Promise<Bytes> {
  const keyed = hmac.create(HASHES[digest], password);
  const work = keyed.clone();
  const link = new Uint8Array(keyed.outputLen);
  work.update(salt).update(FIRST_BLOCK).digestInto(link);
  const block = link.slice();
  for (let done = 1; done < iterations; done += 1) {
    keyed._cloneInto(work).update(link).digestInto(link);
    for (let index = 0; index < block.length; index += 1) {
      block[index] = Number(block[index]) ^ Number(link[index]);
    }
    if (done % STEP === 0) {
      stillHere();
      await giveWay();
    }
  }
  return block;
}
