import type { Account } from "../account/account.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";

export interface UserInfo {
  account: Account;
  /** Which claims the client was granted; null for a plain sign-in, which sees all. */
  scopes: readonly string[] | null;
}

/** Who the caller is, as far as the client was let know. OpenID Connect Core §5.3. */
export const userInfo = guarded(
  { scope: "openid" },
  async (_: Context, { caller: { account, session } }: { caller: Caller }): Promise<UserInfo> => ({
    account,
    scopes: session.scope?.split(" ") ?? null,
  }),
);
