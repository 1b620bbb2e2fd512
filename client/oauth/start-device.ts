import { askPatiently } from "../http/ask-patiently.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { awaitDecision } from "./await-decision.ts";
import { codeVerifier } from "./code-verifier.ts";
import { randomText } from "./random-text.ts";
import type { Server } from "./server.ts";

/** What tokens are asked for. */
export interface Wanted {
  /** With a space between; all that the client is registered for where it is left out. */
  readonly scope?: string;
  /** The APIs that the tokens are for; Latchkey itself where it is left out. RFC 8707. */
  readonly resource?: readonly string[];
}

/** A sign-in that waits for a person to confirm it on another device: RFC 8628 §3.2. */
export interface DeviceSignIn {
  /** To be shown. */
  readonly userCode: string;
  /** Where the person enters it. */
  readonly verificationUri: string;
  /** The same with the code in it, for a QR code. */
  readonly verificationUriComplete: string;
  /** When the code ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /**
   * Waits until the person has decided, and signs in. Throws `access_denied` and `expired_token`. No
   * outage ends it. Broken off by `signal`, it may be called again.
   */
  finished(options?: { signal?: AbortSignal }): Promise<void>;
}

/** Asks for a device code, bound to a verifier: one that others got to see is worth nothing to them. */
export async function startDevice(
  server: Server,
  { scope, resource = [] }: Wanted,
  keep: (tokens: Tokens) => Promise<void>,
): Promise<DeviceSignIn> {
  const { ask, credentials, platform } = server;
  const { verifier, challenge } = await codeVerifier();
  const askedAt = platform.now();
  const answer = await askPatiently(ask, platform, "POST /oauth/device_authorization", {
    form: {
      ...credentials,
      ...(scope !== undefined && { scope }),
      resource: [...resource],
      code_challenge: challenge,
      code_challenge_method: "S256",
    },
  });
  const grant = {
    deviceCode: answer.device_code,
    codeVerifier: verifier,
    intervalSeconds: answer.interval,
    expiresAt: askedAt + answer.expires_in * 1_000,
    // The same for every poll, so that tokens whose answer got lost can be had again.
    idempotencyKey: randomText(),
  };
  return {
    userCode: answer.user_code,
    verificationUri: answer.verification_uri,
    verificationUriComplete: answer.verification_uri_complete,
    expiresAt: grant.expiresAt,
    finished: async ({ signal } = {}) => keep(await awaitDecision(server, grant, signal)),
  };
}
