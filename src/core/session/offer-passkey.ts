import { challengesOf } from "../passkey/ceremony.ts";
import type { Context } from "../ports.ts";
import { openChallenge } from "./challenge.ts";

/**
 * What an authenticator is asked in place of a code, once the password was right; null where the
 * account has no passkey. The token that stands for the password is the ceremony's own: `finishSignIn`
 * takes the answer beside it.
 */
export async function offerPasskey(
  context: Context,
  { challengeToken }: { challengeToken: string },
): Promise<{ options: string } | null> {
  const opened = await openChallenge(context, challengeToken);
  const allowed = opened ? await context.passkeys.list(opened.accountId) : [];
  if (allowed.length === 0) {
    return null;
  }
  const [challenge] = await challengesOf(context, challengeToken);
  const asked = { challenge, allowed, isOnlyFactor: false };
  return { options: context.ceremonies.requestOptions(asked) };
}
