import { crc32 } from "../../core/key/crc32.ts";

/**
 * What tells one text of a file from the next, to stand in its address. Worked out when it is first asked
 * for: going through every character is no work for the start of an isolate.
 */
export function versionOf(text: string): () => string {
  let version: string | undefined;
  return () => {
    version ??= crc32(text).toString(16);
    return version;
  };
}
