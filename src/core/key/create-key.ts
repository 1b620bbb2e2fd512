import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { type IssuedKey, issueKey, type NewKey } from "./issue-key.ts";

/** Gives the caller an API key that is held to its scopes. Its secret is shown this once. */
export const createKey = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, name, scopes, expiresAt }: { caller: Caller } & Omit<NewKey, "kind">,
    by,
  ): Promise<IssuedKey | Refused<"invalid_request" | "too_many_keys" | "rate_limited">> =>
    issueKey(context, caller, { kind: "api", name, scopes, expiresAt }, by),
);
