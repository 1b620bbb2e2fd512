import type { Context } from "../ports.ts";
import { guarded } from "./guarded.ts";
import type { Caller } from "./session.ts";

/** Ends all of the caller's sessions but the one that asks, whichever contracts they are of. */
export const revokeOtherSessions = guarded(
  {},
  async (
    { clock, sessions }: Context,
    { caller: { account, session } }: { caller: Caller },
  ): Promise<{ revokedCount: number }> => ({
    revokedCount: await sessions.revoke(account.id, { allBut: session.id }, clock.now()),
  }),
);
