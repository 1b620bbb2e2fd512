import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { refuseStale } from "../caller/refuse-stale.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { challengesOf, sealCeremony } from "./ceremony.ts";
import { MOST_PASSKEYS } from "./passkey.ts";
import type { BegunCeremony } from "./start-passkey-sign-in.ts";

/**
 * Begins to add a passkey to the caller's account, on an authenticator that has none for it yet. Not
 * before the address is proved: whoever registered with a stranger's could keep a way in for when its
 * owner comes.
 */
export const startPasskeyRegistration = guarded(
  {},
  async (
    context: Context,
    { caller }: { caller: Caller },
  ): Promise<
    BegunCeremony | Refused<"sign_in_stale" | "address_unproved" | "too_many_passkeys">
  > => {
    const stale = refuseStale(context, caller);
    if (stale) {
      return stale;
    }
    const { account, session } = caller;
    if (account.emailVerifiedAt === null) {
      return new Refused("address_unproved");
    }
    const known = await context.passkeys.list(account.id);
    if (known.length >= MOST_PASSKEYS) {
      return new Refused("too_many_passkeys");
    }
    const ceremony = await sealCeremony(context, "registration", session.id);
    const [challenge] = await challengesOf(context, ceremony);
    const options = context.ceremonies.creationOptions({ challenge, account, known });
    return { ceremony, options };
  },
);
