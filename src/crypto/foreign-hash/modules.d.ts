/** A module that wrangler compiles before it is uploaded. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** What is used of it: the runtime's own implementation. */
declare module "node:crypto" {
  export function scrypt(
    password: string,
    salt: Uint8Array,
    keyLength: number,
    options: { N: number; r: number; p: number; maxmem: number },
    done: (error: Error | null, key: Uint8Array) => void,
  ): void;
}

/** What the library's setup wraps, which has types of its own. */
declare module "argon2id/lib/argon2id.js" {
  import type { Argon2idParams } from "argon2id/lib/setup.js";

  export default function argon2id(
    params: Argon2idParams,
    module: { instance: WebAssembly.Instance; memory: WebAssembly.Memory },
  ): Uint8Array;
}
