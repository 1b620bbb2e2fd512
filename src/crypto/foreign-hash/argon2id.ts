/// <reference path="./modules.d.ts" />
import simd from "argon2id/dist/simd.wasm";
import argon2id from "argon2id/lib/argon2id.js";
import type { Bytes, ForeignHash } from "./foreign-hash.ts";

type ArgonHash = Extract<ForeignHash, { scheme: "argon2id" }>;

/** Pages of 64 KiB, as the module was built for: 65 MB, and what WebAssembly may have at most. */
const MEMORY_PAGES = { initial: 1_040, maximum: 65_536 };

/** Loaded once: a second memory beside it would not fit into an isolate. */
let loaded: { instance: WebAssembly.Instance; memory: WebAssembly.Memory } | undefined;

/** RFC 9106, by a WebAssembly module of its own: the runtime compiles none out of bytes. */
export function argon2idOf(password: string, given: ArgonHash): Bytes {
  loaded ??= load();
  const tag = argon2id(
    {
      password: new TextEncoder().encode(password),
      salt: given.salt,
      memorySize: given.memoryKib,
      passes: given.passes,
      parallelism: given.lanes,
      tagLength: given.hash.length,
    },
    loaded,
  );
  return new Uint8Array(tag);
}

/**
 * In one go, which the library's own setup is not: a promise that everybody waits for would never be
 * settled when the request that began it is cut off, and one that was rejected would stay.
 */
function load() {
  const memory = new WebAssembly.Memory(MEMORY_PAGES);
  return { instance: new WebAssembly.Instance(simd, { env: { memory } }), memory };
}
