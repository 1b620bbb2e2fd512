import { draftAccount, type Registration } from "../account/draft-account.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { enterNewAccount } from "./enter-new-account.ts";
import type { SignedIn } from "./open-session.ts";

export interface SigningInRegistration extends Registration {
  /** What the client says it is, where a contract asks. */
  clientType?: string | null;
}

/** Creates an account and signs it in at once, in contracts that tell when an address is taken. */
export async function registerAndSignIn(
  context: Context,
  { clientType = null, ...registration }: SigningInRegistration,
): Promise<
  SignedIn | Refused<"registration_closed" | "address_taken" | "weak_password" | "rate_limited">
> {
  await context.accessTokens.prepare();
  const draft = await draftAccount(context, registration);
  if (draft instanceof Refused) {
    return draft;
  }
  const signedIn = await enterNewAccount(context, { ...draft, mustBeFirst: false }, clientType);
  const fields = [{ field: "email", issue: "has an account" }];
  return signedIn ?? new Refused("address_taken", { fields });
}
