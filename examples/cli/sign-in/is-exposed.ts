import { LatchkeyError } from "../latchkey.ts";

/** Whether a file was not read because others on this machine can. */
export function isExposed(error: unknown): boolean {
  return error instanceof LatchkeyError && error.code === "storage_unsafe";
}
