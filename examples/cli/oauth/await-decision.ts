import { exitCode } from "../exit-code.ts";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import { answerProblem } from "./answer-problem.ts";
import { type Answer, ask, type NoAnswer } from "./ask.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { textIn } from "./field.ts";
import { isPassing } from "./is-passing.ts";
import { intervalWithJitter, nextPoll, type PollOutcome, type PollPace } from "./next-poll.ts";
import { type GivenTokens, readGivenTokens } from "./read-given-tokens.ts";
import { retryAfterSeconds } from "./retry-after-seconds.ts";
import type { Server } from "./server.ts";

const grantType = "urn:ietf:params:oauth:grant-type:device_code";
/**
 * How much longer than it may be held a poll may take. With the first back-off it stays under the minute
 * for which Latchkey gives tokens again whose answer got lost.
 */
const answerTimeSeconds = 10;

/**
 * Polls until the person has decided: RFC 8628 §3.4, §3.5. No outage ends it before the code expires; a
 * refusal, an expired code and an answer that no patience helps are problems.
 */
export async function awaitDecision(
  server: Server,
  grant: DeviceGrant,
  surroundings: Surroundings,
): Promise<GivenTokens> {
  const { now, random, sleep } = surroundings;
  let pace: PollPace = { intervalSeconds: grant.intervalSeconds, failures: 0 };
  let waitSeconds = server.holdSeconds > 0 ? 0 : intervalWithJitter(pace, random);
  for (;;) {
    const leftMilliseconds = grant.expiresAt - now();
    await sleep(Math.max(0, Math.min(waitSeconds * 1_000, leftMilliseconds)));
    if (now() >= grant.expiresAt) {
      throw expired();
    }
    const askedAt = now();
    const holdSeconds = Math.min(server.holdSeconds, (grant.expiresAt - askedAt) / 1_000);
    const heard = await poll(server, grant, Math.floor(holdSeconds), surroundings);
    const given = heard.kind === "answer" ? readGivenTokens(heard, askedAt) : null;
    if (given) {
      return given;
    }
    const heldSeconds = holdSeconds >= 1 ? (now() - askedAt) / 1_000 : 0;
    const outcome = readOutcome(server, heard, heldSeconds, now());
    ({ pace, waitSeconds } = nextPoll(pace, outcome, random));
  }
}

function poll(
  server: Server,
  grant: DeviceGrant,
  holdSeconds: number,
  surroundings: Surroundings,
): Promise<Answer | NoAnswer> {
  const question = {
    url: server.tokenEndpoint,
    form: {
      grant_type: grantType,
      device_code: grant.deviceCode,
      client_id: grant.clientId,
      ...(grant.codeVerifier !== null && { code_verifier: grant.codeVerifier }),
    },
    headers: {
      "idempotency-key": grant.idempotencyKey,
      ...(holdSeconds >= 1 && { prefer: `wait=${holdSeconds}` }),
    },
    timeoutSeconds: holdSeconds + answerTimeSeconds,
  };
  return ask(question, surroundings);
}

function readOutcome(
  server: Server,
  heard: Answer | NoAnswer,
  heldSeconds: number,
  now: number,
): PollOutcome {
  if (heard.kind === "no answer") {
    return { kind: "trouble", retryAfterSeconds: 0 };
  }
  const retryAfter = retryAfterSeconds(heard.headers, now);
  switch (textIn(heard.body, "error")) {
    case "authorization_pending":
      return { kind: "pending", heldSeconds };
    case "slow_down":
      return { kind: "slow_down", retryAfterSeconds: retryAfter };
    case "access_denied":
      throw new Problem(
        "The sign-in was denied in the browser.",
        "If that was a mistake, run login again and confirm its code.",
        exitCode.refused,
      );
    case "expired_token":
      throw expired();
  }
  if (!isPassing(heard)) {
    throw answerProblem("the sign-in", server.tokenEndpoint, heard);
  }
  return { kind: "trouble", retryAfterSeconds: retryAfter };
}

function expired(): Problem {
  return new Problem(
    "The code expired before it was confirmed.",
    "Run login again: it shows a new one.",
    exitCode.refused,
  );
}
