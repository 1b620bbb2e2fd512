import { DEVICE_CODE_GRANT } from "../client/client.ts";
import { findClient } from "../client/find-client.ts";
import { provesChallenge } from "../pkce.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenced, fenceReturns } from "../throttle/refuse.ts";
import { readDeviceCode } from "./device-code.ts";
import type { DeviceGrantLocator, DevicePoll, PollOutcome } from "./device-grants.ts";
import type { PollAnswer } from "./poll-answer.ts";

export interface PresentedDeviceCode extends DevicePoll {
  deviceCode: string;
  /** The PKCE verifier, where the grant was started with a challenge. RFC 7636. */
  verifier: string | null;
}

export type PollRefusal = Exclude<PollAnswer, "redeemable">;

/**
 * Polls the grant of a device code that was issued through this contract and, where it was started
 * with a challenge, is brought by whoever holds the verifier. Anything else wakes no grant, and
 * neither does a client that is gone by now.
 */
export async function pollDeviceGrant(
  context: Context,
  { deviceCode, verifier, ...poll }: PresentedDeviceCode,
): Promise<
  | { locator: DeviceGrantLocator; outcome: Extract<PollOutcome, { answer: "redeemed" | "kept" }> }
  | Refused<PollRefusal | "polling_flooded">
> {
  const { accessTokens, deviceGrants, pkce } = context;
  const code = await readDeviceCode(context, deviceCode);
  if (!code) {
    return new Refused("invalid_grant");
  }
  const flooded = await fenceReturns(context, "device poll", code.grantId, "polling_flooded");
  if (flooded) {
    return flooded;
  }
  if (!(await provesChallenge(pkce, code.challenge, verifier))) {
    const issue = "must be the one whose challenge began this";
    return new Refused("invalid_grant", { fields: [{ field: "code_verifier", issue }] });
  }
  const client = await findClient(context, poll.clientId);
  if (client instanceof Refused) {
    return fenced("polling_flooded", "requests");
  }
  if (!client?.grants.includes(DEVICE_CODE_GRANT)) {
    return new Refused("invalid_grant");
  }
  await accessTokens.prepare();
  const { tenantId, userCode, grantId } = code;
  const locator = { tenantId, userCode, grantId };
  const outcome = await deviceGrants.poll(locator, poll);
  return outcome.answer === "redeemed" || outcome.answer === "kept"
    ? { locator, outcome }
    : new Refused(outcome.answer);
}
