import { expect } from "vitest";

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const TOTP_TOKEN = expect.stringMatching(/^pionne_totp_[\w-]{100,}$/);
export const numbered = (number: number) =>
  expect.stringMatching(new RegExp(`^${number}\\|[\\w-]{80,120}$`));

/** A whole answer, as `seen` shows it. */
export const ok = (body: unknown, status = 200) => ({ status, headers: JSON_ANSWER, body });
export const NO_CONTENT = { status: 204, headers: { "cache-control": "no-store" }, body: "" };
export const refused = (status: number, body: object, headers = {}) => ({
  status,
  headers: { ...JSON_ANSWER, ...headers },
  body,
});
export const coded = (status: number, error: string, message: string, headers = {}) =>
  refused(status, { error, message }, headers);
export const invalid = (errors: Record<string, string[]>) =>
  refused(422, { message: "The given data was invalid.", errors });
export const tooMany = (inSeconds: number) =>
  refused(429, { message: "Too Many Attempts." }, { "retry-after": String(inSeconds) });

export const NO_BEARER = refused(
  401,
  { message: "Unauthenticated." },
  { "www-authenticate": "Bearer" },
);
export const BAD_BEARER = refused(
  401,
  { message: "Unauthenticated." },
  { "www-authenticate": 'Bearer error="invalid_token"' },
);
export const WRONG = coded(
  401,
  "invalid_credentials",
  "The e-mail address or the password is wrong.",
);
export const WRONG_CODE = coded(422, "invalid_code", "The code is wrong or was used already.");
export const STALE = coded(
  401,
  "invalid_totp_token",
  "The sign-in has expired or was used already. Start again.",
);
export const NO_SUCH_TOKEN = coded(404, "not_found", "There is no such token.");
