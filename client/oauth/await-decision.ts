import { isPassing } from "../http/is-passing.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { givenTokens } from "./given-tokens.ts";
import { intervalWithJitter, nextPoll, type PollOutcome, type PollPace } from "./next-poll.ts";
import type { Server } from "./server.ts";
import type { Wanted } from "./wanted.ts";

/** What a device got when it asked for a code, and polls with. */
export interface DeviceGrant {
  readonly deviceCode: string;
  /** Null where device codes are bound to nobody. */
  readonly codeVerifier: string | null;
  readonly intervalSeconds: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly idempotencyKey: string;
  readonly wanted: Wanted;
}

const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
/**
 * How much longer than it may be held a poll may take. With the first back-off it stays under the minute
 * for which tokens are given again whose answer got lost.
 */
const ANSWER_SECONDS = 10;

/**
 * Polls until the person has decided: RFC 8628 §3.4, §3.5. No outage ends it before the code expires; a
 * refusal, an expired code and an answer that no patience helps are thrown.
 */
export async function awaitDecision(
  server: Server,
  grant: DeviceGrant,
  signal: AbortSignal | undefined,
): Promise<Tokens> {
  const { now, random, sleep } = server.platform;
  let pace: PollPace = { intervalSeconds: grant.intervalSeconds, failures: 0 };
  let waitSeconds = server.holdSeconds > 0 ? 0 : intervalWithJitter(pace, random);
  for (;;) {
    const leftMilliseconds = grant.expiresAt - now();
    await sleep(Math.max(0, Math.min(waitSeconds * 1_000, leftMilliseconds)), signal);
    const askedAt = now();
    const holdSeconds = Math.floor(
      Math.min(server.holdSeconds, (grant.expiresAt - askedAt) / 1_000),
    );
    if (askedAt >= grant.expiresAt) {
      throw new LatchkeyError("expired_token", "The code expired before anybody confirmed it.");
    }
    try {
      const answer = await poll(server, grant, holdSeconds, signal);
      const { url, clientId, saysScope } = server;
      const { scope: _, ...withoutScope } = grant.wanted;
      const wanted = saysScope ? withoutScope : grant.wanted;
      return givenTokens(answer, askedAt, { url, clientId, ...wanted });
    } catch (error) {
      const heldSeconds = holdSeconds >= 1 ? (now() - askedAt) / 1_000 : 0;
      ({ pace, waitSeconds } = nextPoll(pace, outcomeOf(error, heldSeconds), random));
    }
  }
}

function poll(
  { ask, credentials }: Server,
  { deviceCode, codeVerifier, idempotencyKey }: DeviceGrant,
  holdSeconds: number,
  signal: AbortSignal | undefined,
) {
  return ask("POST /oauth/token", {
    form: {
      grant_type: GRANT_TYPE,
      device_code: deviceCode,
      ...credentials,
      ...(codeVerifier !== null && { code_verifier: codeVerifier }),
    },
    headers: {
      "idempotency-key": idempotencyKey,
      ...(holdSeconds >= 1 && { prefer: `wait=${holdSeconds}` }),
    },
    timeoutSeconds: holdSeconds + ANSWER_SECONDS,
    signal,
  });
}

/** Throws what ends the waiting. */
function outcomeOf(error: unknown, heldSeconds: number): PollOutcome {
  if (!(error instanceof LatchkeyError)) {
    throw error;
  }
  const retryAfterSeconds = error.retryAfterSeconds ?? 0;
  if (error.code === "authorization_pending") {
    return { kind: "pending", heldSeconds };
  }
  if (error.code === "slow_down") {
    return { kind: "slow_down", retryAfterSeconds };
  }
  if (!isPassing(error)) {
    throw error;
  }
  return { kind: "trouble", retryAfterSeconds };
}
