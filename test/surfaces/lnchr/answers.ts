import { expect } from "vitest";
import type { Answer } from "../../support/service.ts";

export const A_TOKEN = expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{86}$/);
export const AN_ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

const TELLING = [
  "allow",
  "cache-control",
  "content-type",
  "retry-after",
  "www-authenticate",
  "x-plane-version",
];
const EVERY_ANSWER = { "cache-control": "no-store", "x-plane-version": "1.0.0" };
const JSON_ANSWER = { ...EVERY_ANSWER, "content-type": "application/json" };

/** An answer to be compared whole: status, telling headers and body. */
export function seen({ status, headers, body }: Answer<unknown>) {
  const telling = TELLING.filter((name) => headers.has(name));
  return {
    status,
    headers: Object.fromEntries(telling.map((name) => [name, headers.get(name)])),
    body,
  };
}

export function success(status: number, data: unknown) {
  return { status, headers: JSON_ANSWER, body: { success: true, data } };
}

export const NO_CONTENT = { status: 204, headers: EVERY_ANSWER, body: "" };

export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
) {
  return {
    status,
    headers: { ...JSON_ANSWER, ...headers },
    body: { success: false, error: { code, message } },
  };
}

export const NO_TOKEN = refusal(401, "UNAUTHORIZED", "Send a valid token as Bearer.", {
  "www-authenticate": "Bearer",
});
export const BAD_TOKEN = refusal(401, "UNAUTHORIZED", "Send a valid token as Bearer.", {
  "www-authenticate": 'Bearer error="invalid_token"',
});
export const NOT_THIS_CREDENTIAL = refusal(403, "FORBIDDEN", "This credential may not do that.", {
  "www-authenticate": 'Bearer error="insufficient_scope"',
});
export const NOTHING_HERE = refusal(404, "NOT_FOUND", "There is nothing here.");

export const invalid = (message: string) => refusal(400, "BAD_REQUEST", message);
export const tooMany = (message: string, retryAfterSeconds: number) =>
  refusal(429, "TOO_MANY_REQUESTS", message, { "retry-after": String(retryAfterSeconds) });
export const TOO_MANY_ATTEMPTS = "Too many attempts. Try again later.";
export const WRONG_PASSWORD = refusal(
  401,
  "UNAUTHORIZED",
  "The e-mail address or the password is wrong.",
);
export const WRONG_CODE = refusal(
  401,
  "UNAUTHORIZED",
  "The code is wrong, expired or used already.",
);
export const SEND_BOTH = refusal(
  401,
  "TWO_FACTOR_REQUIRED",
  "Send totp_code or recovery_code as well.",
);
export const WRONG_FACTOR = refusal(
  401,
  "UNAUTHORIZED",
  "The second factor is wrong or was used already.",
);
export const SET_UP_ALREADY = refusal(
  409,
  "CONFLICT",
  "This tenant is set up already. Sign in instead.",
);
export const ADMINS_ONLY = refusal(403, "FORBIDDEN", "Only an administrator may do that.");
export const CHANGE_FIRST = refusal(403, "FORBIDDEN", "Change your password first.");

export const PASSWORD = "gentle otter lake";
export const TOO_COMMON = "is among the first that anyone would try; choose another";
