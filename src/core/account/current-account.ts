import type { ResourceCaller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Account } from "./account.ts";

/** The caller's own account, and the time at which to look at it. */
export const currentAccount = guarded(
  { scope: "profile:read", beforePasswordChange: true, whileImpersonating: true },
  async (
    { clock }: Context,
    { caller }: { caller: ResourceCaller },
  ): Promise<{ account: Account; now: Date }> => ({ account: caller.account, now: clock.now() }),
);
