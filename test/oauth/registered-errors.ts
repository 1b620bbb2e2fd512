import { expect } from "vitest";
import type { Answer } from "../support/service.ts";

/** The OAuth Extensions Error Registry, as far as it is for what programs ask here. */
export const REGISTERED = [
  "access_denied",
  "authorization_pending",
  "expired_token",
  "insufficient_scope",
  "invalid_client",
  "invalid_grant",
  "invalid_request",
  "invalid_scope",
  "invalid_target",
  "invalid_token",
  "server_error",
  "slow_down",
  "temporarily_unavailable",
  "unauthorized_client",
  "unsupported_grant_type",
];

/**
 * That a refusal is in OAuth's form: JSON that nobody keeps, with a registered code and a text of the
 * letters that RFC 6749 §5.2 allows, and nothing else.
 */
export function expectRegistered({ status, headers, body }: Answer<unknown>): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(body).toEqual({
    error: expect.toBeOneOf(REGISTERED),
    error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
  });
  const { error } = body as { error: string };
  expect(headers.has("www-authenticate")).toBe(error === "invalid_client");
  expect(status === 401).toBe(error === "invalid_client");
}
