import { askPatiently } from "../http/ask-patiently.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { awaitDecision } from "./await-decision.ts";
import { codeVerifier } from "./code-verifier.ts";
import { randomText } from "./random-text.ts";
import type { Server } from "./server.ts";
import type { Wanted } from "./wanted.ts";

/** What a server asks for that names no interval: RFC 8628 §3.2. */
const USUAL_INTERVAL_SECONDS = 5;

/** A sign-in that waits for a person to confirm it on another device: RFC 8628 §3.2. */
export interface DeviceSignIn {
  /** To be shown. */
  readonly userCode: string;
  /** Where the person enters it. */
  readonly verificationUri: string;
  /** The same with the code in it where the server has that, for a QR code. */
  readonly verificationUriComplete: string;
  /** When the code ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /**
   * Waits until the person has decided, and signs in. Throws `access_denied` and `expired_token`. No
   * outage ends it. Broken off by `signal`, it may be called again.
   */
  finished(options?: { signal?: AbortSignal }): Promise<void>;
}

/**
 * Asks for a device code, where it can be bound to a verifier: one that others got to see is worth nothing
 * to them then.
 */
export async function startDevice(
  server: Server,
  wanted: Wanted,
  keep: (tokens: Tokens) => Promise<void>,
): Promise<DeviceSignIn> {
  const { ask, credentials, platform } = server;
  const { scope, resource = [] } = wanted;
  const proof = server.bindsDeviceCodes ? await codeVerifier() : null;
  const askedAt = platform.now();
  const answer = await askPatiently(ask, platform, "POST /oauth/device_authorization", {
    form: {
      ...credentials,
      ...(scope !== undefined && { scope }),
      resource: [...resource],
      ...(proof && { code_challenge: proof.challenge, code_challenge_method: "S256" }),
    },
  });
  const isWhole = answer?.device_code && answer.user_code && answer.verification_uri;
  if (!isWhole || !(answer.expires_in > 0)) {
    throw new LatchkeyError("unexpected_answer", "Latchkey answered without a device code.");
  }
  const intervalSeconds = Number(answer.interval);
  const grant = {
    deviceCode: answer.device_code,
    codeVerifier: proof?.verifier ?? null,
    intervalSeconds: intervalSeconds > 0 ? intervalSeconds : USUAL_INTERVAL_SECONDS,
    expiresAt: askedAt + answer.expires_in * 1_000,
    // The same for every poll, so that tokens whose answer got lost can be had again.
    idempotencyKey: randomText(),
    wanted,
  };
  return {
    userCode: answer.user_code,
    verificationUri: answer.verification_uri,
    verificationUriComplete: answer.verification_uri_complete ?? answer.verification_uri,
    expiresAt: grant.expiresAt,
    finished: async ({ signal } = {}) => keep(await awaitDecision(server, grant, signal)),
  };
}
