import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { readDeviceName } from "../session/device-name.ts";
import type { Word } from "./device-grant.ts";
import { admitGuess, refuseUserCode } from "./user-code-guess.ts";

export interface DeviceDecision {
  userCode: string;
  approve: boolean;
  /** Which of the scopes asked for to grant; null grants all of them. */
  scopes: readonly string[] | null;
  /** What the person calls the device. */
  deviceName?: string | null;
}

export interface DecidedDevice {
  approved: boolean;
  clientName: string;
  deviceName: string | null;
}

/**
 * Approves or denies a device grant. The first decision is final. Whoever approves has to be where
 * the client demands; anybody may deny. RFC 8628 §3.3.
 */
export const decideDeviceGrant = guarded(
  {},
  async (
    context: Context,
    { caller, userCode, ...decision }: DeviceDecision & { caller: Caller },
  ): Promise<
    | DecidedDevice
    | Refused<
        | "user_code_unknown"
        | "user_code_expired"
        | "user_code_decided"
        | "place_differs"
        | "scope_not_allowed"
        | "rate_limited"
      >
  > => {
    const word = wordOf(context, caller, decision);
    const guess = await admitGuess(context, caller, userCode);
    if (guess instanceof Refused) {
      return guess;
    }
    const outcome = await context.userCodes.decide(guess, word);
    switch (outcome.is) {
      case "decided":
        return tell(context, caller, word, outcome);
      case "place_differs":
        return new Refused("place_differs");
      case "scope_not_asked_for":
        return new Refused("scope_not_allowed", {
          fields: [{ field: "scopes", issue: "has a scope that the device did not ask for" }],
        });
      default:
        return refuseUserCode(outcome);
    }
  },
);

function wordOf(
  { clock, randomness, requester: { country, network } }: Context,
  { session }: Caller,
  { approve, scopes, deviceName }: Omit<DeviceDecision, "userCode">,
): Word {
  if (!approve) {
    return { approved: false };
  }
  const approvedAt = clock.now();
  return {
    approved: true,
    approvedAt,
    approvedIn: session.id,
    authenticatedAt: session.authenticatedAt ?? session.createdAt,
    sessionId: randomness.id(approvedAt),
    scopes,
    deviceName: readDeviceName(deviceName ?? ""),
    place: { country, network },
  };
}

/** Of a device that is let in the owner hears by mail: this is what phishing is after. */
function tell(
  context: Context,
  { account }: Caller,
  word: Word,
  { clientId, clientName }: { clientId: string; clientName: string },
): DecidedDevice {
  if (!word.approved) {
    const { id: accountId, tenantId } = account;
    const happening = { tenantId, accountId, clientId, subject: clientName };
    recordEvent(context, "device-denied", happening);
    return { approved: false, clientName, deviceName: null };
  }
  const { deviceName, sessionId } = word;
  const subject = deviceName ?? clientName;
  notifyOwner(context, "device-approved", account, { sessionId, clientId, subject });
  return { approved: true, clientName, deviceName };
}
