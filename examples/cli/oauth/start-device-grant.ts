import { randomUUID } from "node:crypto";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { answerProblem } from "./answer-problem.ts";
import { askPatiently } from "./ask-patiently.ts";
import { codeVerifier } from "./code-verifier.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { numberIn, textIn } from "./field.ts";
import type { Server } from "./server.ts";

/** What a server asks for that names no interval: RFC 8628 §3.2. */
const usualIntervalSeconds = 5;

/**
 * Asks for a device code: RFC 8628 §3.1; for tokens of some resources: RFC 8707 §2. Where the server can, the code is bound to a verifier that
 * only polls carry, so that a code which others got to see is worth nothing to them.
 */
export async function startDeviceGrant(
  server: Server,
  { clientId, scope, resources }: Pick<Tokens, "clientId" | "resources"> & { scope: string },
  surroundings: Surroundings,
): Promise<DeviceGrant> {
  const url = server.deviceAuthorizationEndpoint;
  if (!url) {
    throw new Problem(`${server.issuer} offers no sign-in by device code.`, "Check --issuer.");
  }
  const proof = server.bindsDeviceCodes ? codeVerifier() : null;
  const form = {
    client_id: clientId,
    scope,
    resource: resources,
    ...(proof && { code_challenge: proof.challenge, code_challenge_method: "S256" }),
  };
  const askedAt = surroundings.now();
  const answer = await askPatiently("starting the sign-in", { url, form }, surroundings);
  const deviceCode = textIn(answer.body, "device_code");
  const userCode = textIn(answer.body, "user_code");
  const verificationUri = textIn(answer.body, "verification_uri");
  const lifetimeSeconds = numberIn(answer.body, "expires_in");
  if (answer.status !== 200 || !deviceCode || !userCode || !verificationUri || !lifetimeSeconds) {
    throw answerProblem("starting the sign-in", url, answer);
  }
  return {
    deviceCode,
    userCode,
    verificationUri,
    verificationUriComplete: textIn(answer.body, "verification_uri_complete"),
    expiresAt: askedAt + lifetimeSeconds * 1_000,
    intervalSeconds: numberIn(answer.body, "interval") ?? usualIntervalSeconds,
    clientId,
    codeVerifier: proof?.verifier ?? null,
    idempotencyKey: randomUUID(),
  };
}
