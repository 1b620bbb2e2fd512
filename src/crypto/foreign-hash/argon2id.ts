/// <reference path="./modules.d.ts" />
import simd from "argon2id/dist/simd.wasm";
import setup, { type computeHash } from "argon2id/lib/setup.js";
import type { Bytes, ForeignHash } from "./foreign-hash.ts";

type ArgonHash = Extract<ForeignHash, { scheme: "argon2id" }>;

/** Loaded once: it keeps 65 MB, and a second one beside it would not fit into an isolate. */
let loaded: Promise<computeHash> | undefined;

/** RFC 9106, by a WebAssembly module of its own: the runtime compiles none out of bytes. */
export async function argon2idOf(password: string, given: ArgonHash): Promise<Bytes> {
  loaded ??= setup(instantiate, instantiate);
  const compute = await loaded;
  return new Uint8Array(
    compute({
      password: new TextEncoder().encode(password),
      salt: given.salt,
      memorySize: given.memoryKib,
      passes: given.passes,
      parallelism: given.lanes,
      tagLength: given.hash.length,
    }),
  );
}

async function instantiate(imports: WebAssembly.Imports) {
  return { module: simd, instance: await WebAssembly.instantiate(simd, imports) };
}
