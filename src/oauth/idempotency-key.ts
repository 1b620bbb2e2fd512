import { Refused } from "../core/refused.ts";

const VISIBLE = /^[\x21-\x7e]{1,255}$/;
/** With nothing but quotes and backslashes escaped. RFC 9651 §3.3.3. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key of an `Idempotency-Key` header, bare or as the quoted string of
 * draft-ietf-httpapi-idempotency-key-header §2.1; null where there is none. A key has 1 to 255 visible
 * ASCII characters. A broken one is refused: a client that counts on it would lose its answer.
 */
export function idempotencyKey(
  header: string | undefined,
): string | null | Refused<"invalid_request"> {
  if (header === undefined) {
    return null;
  }
  const key = header.startsWith('"') ? header.match(QUOTED)?.[1]?.replace(/\\(.)/g, "$1") : header;
  return key !== undefined && VISIBLE.test(key)
    ? key
    : new Refused("invalid_request", {
        fields: [
          { field: "Idempotency-Key", issue: "must have 1 to 255 visible ASCII characters" },
        ],
      });
}
