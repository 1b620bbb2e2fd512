import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Passkey } from "./passkey.ts";

/** The caller's passkeys, the newest first. */
export const listPasskeys = guarded(
  {},
  async (
    { passkeys }: Context,
    { caller: { account } }: { caller: Caller },
  ): Promise<{ passkeys: Passkey[] }> => ({ passkeys: await passkeys.list(account.id) }),
);
