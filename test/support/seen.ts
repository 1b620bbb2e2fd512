import type { Answer } from "./service.ts";

/** Headers that say something about one answer; those that every answer has are tested elsewhere. */
const TELLING = [
  "allow",
  "cache-control",
  "content-type",
  "location",
  "retry-after",
  "set-cookie",
  "www-authenticate",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
];

/** What is different every time, by its form: anything that does not fit stays as it is. */
const REDACTED: readonly (readonly [RegExp, string])[] = [
  [/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{86}$/, "<access token>"],
  [/^plnx_rt_[\w-]{70}$/, "<refresh token>"],
  [/^usr_[0-9a-f]{32}$/, "<account id>"],
  [/^[\w-]{100,200}$/, "<device code>"],
  [/\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/, "<user code>"],
];

/** An answer to be compared whole: status, telling headers and body, with ids and tokens redacted. */
export function seen({ status, headers, body }: Answer<unknown>) {
  const telling = TELLING.filter((name) => headers.has(name));
  return {
    status,
    headers: Object.fromEntries(telling.map((name) => [name, headers.get(name)])),
    body: redact(body),
  };
}

function redact(value: unknown): unknown {
  if (typeof value === "string") {
    return REDACTED.reduce((text, [form, name]) => text.replace(form, name), value);
  }
  if (Array.isArray(value)) {
    return value.map(redact);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redact(inner)]));
}
