import { afterEach, expect, it, vi } from "vitest";
import { argon2idOf } from "../../src/crypto/foreign-hash/argon2id.ts";
import { readForeignHash } from "../../src/crypto/foreign-hash/foreign-hash.ts";
import { FOREIGN_HASHES, FOREIGN_PASSWORD } from "../support/foreign-hashes.ts";

afterEach(() => void vi.restoreAllMocks());

it("argon2id is there again after its memory was once not to be had, and is loaded once", async () => {
  const foreign = readForeignHash(FOREIGN_HASHES["argon2id, as Keycloak makes it"]);
  if (foreign.scheme !== "argon2id") {
    throw new Error("no argon2id");
  }
  const computed = async () => argon2idOf(FOREIGN_PASSWORD, foreign);
  const memory = vi.spyOn(WebAssembly, "Memory").mockImplementationOnce(() => {
    throw new RangeError("no memory");
  });
  await expect(computed()).rejects.toThrow("no memory");
  expect(await computed()).toEqual(foreign.hash);
  expect(await computed()).toEqual(foreign.hash);
  expect(memory).toHaveBeenCalledTimes(2);
});
