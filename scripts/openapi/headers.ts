import type { Components, Header, Response } from "../../src/reference/types.ts";

/** What headers are for that an answer may have. */
const HEADERS: Readonly<Record<string, Header>> = {
  "preference-applied": {
    description: "What of `Prefer` was heeded (RFC 7240 §3).",
    schema: { type: "string" },
  },
  "retry-after": {
    description: "Seconds to wait before the next try.",
    schema: { type: "integer" },
  },
  "set-cookie": {
    description: "Cookies that no script can read and only TLS carries.",
    schema: { type: "string" },
  },
  "www-authenticate": {
    description: "What to authenticate with, and what was wrong (RFC 6750 §3).",
    schema: { type: "string" },
  },
  "x-plane-version": {
    description: "The version of the contract.",
    schema: { type: "string" },
  },
  "x-ratelimit-limit": {
    description: "Attempts that the window allows.",
    schema: { type: "integer" },
  },
  "x-ratelimit-remaining": { description: "Attempts that are left.", schema: { type: "integer" } },
  "x-ratelimit-reset": {
    description: "When the window ends, in seconds since 1970.",
    schema: { type: "integer" },
  },
};

/** These headers of an answer, each described once for all. */
export function headersOf(
  names: readonly string[],
  shared: Pick<Components, "headers">,
): Pick<Response, "headers"> {
  const refs = names.map((name) => {
    const header = HEADERS[name];
    if (!header) {
      throw new Error(`nobody says what the header ${name} is for`);
    }
    shared.headers[name] = header;
    return [name, { $ref: `#/components/headers/${name}` }] as const;
  });
  return refs.length > 0 ? { headers: Object.fromEntries(refs) } : {};
}
