import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { refuseStale } from "../caller/refuse-stale.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import type { NewCredential } from "./ceremonies.ts";
import { challengesOf, openCeremony } from "./ceremony.ts";
import { MOST_PASSKEYS } from "./passkey.ts";

export interface AddedPasskey {
  caller: Caller;
  name: string;
  ceremony: string;
  answer: string;
}

/**
 * Adds the passkey that an authenticator made for the caller, in a ceremony that the same session
 * began. Whoever has it can sign in from then on, so the owner is told.
 */
export const addPasskey = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, name, ceremony, answer }: AddedPasskey,
    by,
  ): Promise<void | NotAdded> => {
    const refused = refuseStale(context, caller) ?? (await fenceCredentials(context));
    if (refused) {
      return refused;
    }
    const made = await credentialOf(context, caller, ceremony, answer);
    if (made instanceof Refused) {
      return made;
    }
    const { id: accountId, tenantId } = caller.account;
    const owned = { tenantId, accountId, name, createdAt: context.clock.now(), lastUsedAt: null };
    const making = { by, most: MOST_PASSKEYS };
    const outcome = await context.passkeys.insert({ ...made, ...owned }, making);
    if (outcome !== "inserted") {
      return new Refused(REASONS[outcome]);
    }
    const more = { sessionId: caller.session.id, subject: name };
    notifyOwner(context, "passkey-added", caller.account, more);
  },
);

const REASONS = {
  taken: "passkey_taken",
  "too many": "too_many_passkeys",
} as const;

/** Why a passkey was not added. */
export type NotAdded = Refused<
  | "sign_in_stale"
  | "rate_limited"
  | "challenge_invalid"
  | "passkey_invalid"
  | "passkey_taken"
  | "too_many_passkeys"
>;

/** What the authenticator made, under the id that the ceremony fixed for it. */
async function credentialOf(
  context: Context,
  { session }: Caller,
  token: string,
  answer: string,
): Promise<(NewCredential & { id: string }) | Refused<"challenge_invalid" | "passkey_invalid">> {
  const ceremony = await openCeremony(context, "registration", token);
  if (ceremony?.sessionId !== session.id) {
    return new Refused("challenge_invalid");
  }
  const challenges = await challengesOf(context, token);
  const credential = await context.ceremonies.verifyRegistration(answer, challenges);
  return credential ? { ...credential, id: ceremony.id } : new Refused("passkey_invalid");
}
