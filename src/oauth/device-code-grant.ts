import * as z from "zod";
import { redeemDeviceCode } from "../core/oauth/redeem-device-code.ts";
import { Refused } from "../core/refused.ts";
import { askedFor } from "./asked-for.ts";
import { codeVerifier, issuedCode } from "./code-parameters.ts";
import { defineGrant } from "./grant.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { preferWait } from "./prefer-wait.ts";

/** Answers that a poll is held for. What is refused before is not waited for, such as a poll too soon. */
export const WAITED_FOR: readonly string[] = [
  "authorization_pending",
  "access_denied",
  "expired_token",
];

/** `urn:ietf:params:oauth:grant-type:device_code`. RFC 8628 §3.4; `Prefer: wait` by RFC 7240 §4.3. */
export const deviceCodeGrant = defineGrant({
  operation: "redeemDeviceCode",
  schema: z.object({
    device_code: issuedCode,
    code_verifier: codeVerifier,
    resource: askedFor.resource,
  }),
  async redeem(context, { credentials, said, request }) {
    const key = idempotencyKey(request.header("idempotency-key"));
    return key instanceof Refused
      ? key
      : redeemDeviceCode(context, {
          credentials,
          deviceCode: said.device_code,
          verifier: said.code_verifier,
          resources: said.resource,
          waitSeconds: preferWait(request.header("prefer")),
          idempotencyKey: key,
        });
  },
  headers(request, answer) {
    const seconds = preferWait(request.header("prefer"));
    const wasReadyToWait = !(answer instanceof Refused) || WAITED_FOR.includes(answer.reason);
    return seconds > 0 && wasReadyToWait ? { "preference-applied": `wait=${seconds}` } : {};
  },
});
