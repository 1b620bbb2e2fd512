import { type Client, DEVICE_CODE_GRANT } from "../client/client.ts";
import { openDeviceCode } from "../device/device-code.ts";
import {
  type PollRefusal,
  type PresentedDeviceCode,
  pollDeviceGrant,
} from "../device/poll-device-grant.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { recordEndByClient } from "../session/record-end.ts";
import type { Session } from "../session/session.ts";
import type { ClientCredentials } from "./authenticate-client.ts";
import { type ClientTokens, issueClientTokens } from "./client-tokens.ts";
import { type ClientRefusal, clientWithGrant } from "./client-with-grant.ts";

const RETRY_KEY = "device-retry-key";
const KEPT_ANSWER = "device-answer";

/** A device's poll at the token endpoint. */
export interface DeviceCodePoll extends Omit<PresentedDeviceCode, "clientId" | "retryKey"> {
  credentials: ClientCredentials;
  /** Which of the resources that it started with the tokens are for; empty for all. RFC 8707 §2.2. */
  resources: readonly string[];
  /** The `Idempotency-Key` of the attempt, as it was sent; null when a lost answer is lost. */
  idempotencyKey: string | null;
}

/**
 * Answers a device's poll with the tokens, exactly once; under an idempotency key the same tokens
 * again for a minute. What is kept for that is sealed. RFC 8628 §3.4.
 */
export async function redeemDeviceCode(
  context: Context,
  { credentials, idempotencyKey, resources, ...presented }: DeviceCodePoll,
): Promise<
  | ClientTokens
  | Refused<
      PollRefusal | "polling_flooded" | ClientRefusal | "scope_not_allowed" | "resource_not_allowed"
    >
> {
  const client = await clientWithGrant(context, credentials, DEVICE_CODE_GRANT);
  if (client instanceof Refused) {
    return client;
  }
  if (!(await startedWith(context, presented.deviceCode, resources))) {
    return new Refused("resource_not_allowed");
  }
  const retryKey = idempotencyKey === null ? null : await digestOf(context, idempotencyKey);
  const poll = { ...presented, clientId: client.id, retryKey };
  const polled = await pollDeviceGrant(context, poll);
  if (polled instanceof Refused) {
    return polled;
  }
  const { locator, outcome } = polled;
  if (outcome.answer === "kept") {
    return openAnswer(context, outcome.sealedAnswer);
  }
  const { session, account } = outcome.caller;
  const audience = resources.length === 0 ? session.audience : [...new Set(resources)].join(" ");
  const granted = { session: { ...session, audience }, role: account.role };
  const tokens = await issueClientTokens(context, client, granted);
  if (tokens instanceof Refused) {
    await endAtOnce(context, client, session);
    return tokens;
  }
  if (retryKey === null) {
    return tokens;
  }
  const sealedAnswer = await context.sealer.seal(KEPT_ANSWER, JSON.stringify(tokens));
  // Kept before it is sent: what gets lost on the way is there to be fetched again.
  const kept = await context.deviceGrants.keepAnswer(locator, { retryKey, sealedAnswer });
  return kept === null || kept === sealedAnswer ? tokens : openAnswer(context, kept);
}

/** Nobody holds a token of it. */
async function endAtOnce(
  context: Context,
  client: Client,
  { accountId, id: sessionId }: Session,
): Promise<void> {
  const { clock, sessions } = context;
  const ended = await sessions.end({ accountId, sessionId }, clock.now());
  if (ended) {
    recordEndByClient(context, client, accountId, ended);
  }
}

/** Before the grant is asked, so that a wish costs no code. What is no code is refused there. */
async function startedWith(
  { sealer }: Context,
  deviceCode: string,
  resources: readonly string[],
): Promise<boolean> {
  const code = resources.length === 0 ? null : await openDeviceCode(sealer, deviceCode);
  return code === null || resources.every((resource) => code.resources.includes(resource));
}

async function digestOf({ sealer }: Context, idempotencyKey: string): Promise<string> {
  const [digest] = await sealer.digests(RETRY_KEY, idempotencyKey);
  return digest;
}

async function openAnswer(
  { sealer }: Context,
  sealedAnswer: string,
): Promise<ClientTokens | Refused<"invalid_grant">> {
  const answer = await sealer.open(KEPT_ANSWER, sealedAnswer);
  return answer === null ? new Refused("invalid_grant") : (JSON.parse(answer) as ClientTokens);
}
