import { challengesOf, openCeremony } from "../passkey/ceremony.ts";
import { provePasskey } from "../passkey/prove-passkey.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { openSessionOnce, type SignedIn } from "./open-session.ts";

/**
 * Signs in with a passkey alone: the device is one factor and what unlocked it the other, so that no
 * second one is asked for. A ceremony opens one session. An account that has to change its password
 * is refused: who gave reason for that may have added the passkey.
 */
export async function signInWithPasskey(
  context: Context,
  { ceremony: token, answer }: { ceremony: string; answer: string },
): Promise<SignedIn | Refused<"challenge_invalid" | "passkey_invalid" | "rate_limited">> {
  const ceremony = await openCeremony(context, "sign-in", token);
  if (!ceremony) {
    return new Refused("challenge_invalid");
  }
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  await context.accessTokens.prepare();
  const challenges = await challengesOf(context, token);
  const proved = await provePasskey(context, answer, { challenges, isOnlyFactor: true });
  if (!proved || proved.credentials.account.mustResetPassword) {
    return new Refused("passkey_invalid");
  }
  const signedIn = await openSessionOnce(context, { ...proved, sessionId: ceremony.id });
  if (signedIn === "opened before") {
    return new Refused("challenge_invalid");
  }
  return signedIn ?? new Refused("passkey_invalid");
}
