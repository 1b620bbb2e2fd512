import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { SignInMeans } from "./sign-in-means.ts";

/** What the caller's account can be signed in to with. */
export const describeSignInMeans = guarded(
  { beforePasswordChange: true },
  ({ accounts, clock }: Context, { caller }: { caller: Caller }): Promise<SignInMeans> =>
    accounts.findSignInMeans(caller.account.id, clock.now()),
);
