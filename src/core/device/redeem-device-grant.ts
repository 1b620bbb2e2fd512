import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { issueTokens } from "../session/issue-tokens.ts";
import type { SignedIn } from "../session/open-session.ts";
import { fenced } from "../throttle/refuse.ts";
import { openDeviceCode } from "./device-code.ts";
import type { PollAnswer } from "./poll-answer.ts";

export type PollRefusal = Exclude<PollAnswer, "redeemable">;

/**
 * Answers a device's poll: wait, slower, no, or the tokens, exactly once. RFC 8628 §3.4.
 *
 * A device code that another client presents is refused without being spent.
 */
export async function redeemDeviceGrant(
  context: Context,
  { deviceCode, clientId }: { deviceCode: string; clientId: string },
): Promise<SignedIn | Refused<PollRefusal | "polling_flooded">> {
  const { accessTokens, fences, requester, sealer, deviceGrants, tenantId } = context;
  if (!(await fences.requests("device poll", requester.address))) {
    return fenced("polling_flooded", "requests");
  }
  const locator = await openDeviceCode(sealer, deviceCode);
  if (locator?.tenantId !== tenantId) {
    return new Refused("invalid_grant");
  }
  await accessTokens.prepare();
  const outcome = await deviceGrants.poll(locator, clientId);
  if (outcome.answer !== "redeemed") {
    return new Refused(outcome.answer);
  }
  const { account, session } = outcome.caller;
  return { account, session, tokens: await issueTokens(context, session, account) };
}
