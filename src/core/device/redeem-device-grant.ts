import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { issueTokens } from "../session/issue-tokens.ts";
import type { SignedIn } from "../session/open-session.ts";
import { type PollRefusal, pollDeviceGrant } from "./poll-device-grant.ts";

/**
 * Answers a device's poll: wait, slower, no, or the tokens, exactly once. RFC 8628 §3.4.
 *
 * A device code that another client presents is refused without being spent.
 */
export async function redeemDeviceGrant(
  context: Context,
  { deviceCode, clientId }: { deviceCode: string; clientId: string },
): Promise<SignedIn | Refused<PollRefusal | "polling_flooded">> {
  const polled = await pollDeviceGrant(context, {
    deviceCode,
    clientId,
    verifier: null,
    retryKey: null,
    waitSeconds: 0,
  });
  if (polled instanceof Refused) {
    return polled;
  }
  const { outcome } = polled;
  if (outcome.answer !== "redeemed") {
    return new Refused("invalid_grant");
  }
  const { account, session } = outcome.caller;
  return { account, session, tokens: await issueTokens(context, session, account) };
}
