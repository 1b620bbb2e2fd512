import { describe, expect } from "vitest";
import { seen } from "../../../support/seen.ts";
import type { Asked, TestService } from "../../../support/service.ts";
import { JSON_ANSWER, refusal } from "../refusal.ts";

// Every row of the contract: what it answers, byte for byte, and how it refuses. What lies behind
// an answer is told one folder up.

type Ask = (asked?: Asked, id?: string) => Promise<ReturnType<typeof seen>>;

/** Gives what makes groups of tests about one row, which ask the service that there is by then. */
export function rowsOf(service: () => TestService) {
  return (endpoint: string, tell: (ask: Ask) => void): void => {
    const [method = "", path = ""] = endpoint.split(" ");
    describe(endpoint, () => {
      tell(async (asked = {}, id) =>
        seen(await service().ask(id ? path.replace(":id", id) : path, { method, ...asked })),
      );
    });
  };
}

export const ok = (body: object, status = 200) => ({ status, headers: JSON_ANSWER, body });
export const success = (message: string, status = 200) => ok({ success: true, message }, status);
export const badFields = (fields: Record<string, string>) =>
  refusal(400, "validation_error", "The request is not valid.", { fields });
export const weakFields = (fields: Record<string, string>) =>
  refusal(400, "weak_password", "That password is too easy to guess.", { fields });

export const SIGN_IN = {
  accessToken: "<access token>",
  refreshToken: "<refresh token>",
  expiresIn: 3600,
  tokenType: "Bearer",
};
export const DONE = { status: 204, headers: { "cache-control": "no-store" }, body: "" };
export const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

export const WRONG_PASSWORD = refusal(
  401,
  "invalid_credentials",
  "The e-mail address or the password is wrong.",
);
export const WRONG_CODE = refusal(401, "invalid_code", "The code is wrong or was used already.");
export const UNAUTHENTICATED = refusal(
  401,
  "unauthorized",
  "Send a valid access token as Bearer.",
  {
    headers: { "www-authenticate": "Bearer" },
  },
);
