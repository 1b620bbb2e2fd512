import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { type IssuedKey, issueKey, type NewKey } from "./issue-key.ts";

/** Gives the tenant a service key. It opens nothing that is a person's own: it has no scopes. */
export const createServiceKey = guarded(
  { role: "admin", changes: true },
  async (
    context: Context,
    { caller, name, expiresAt }: { caller: Caller } & Pick<NewKey, "name" | "expiresAt">,
    by,
  ): Promise<IssuedKey | Refused<"invalid_request" | "too_many_keys" | "rate_limited">> =>
    issueKey(context, caller, { kind: "service", name, scopes: [], expiresAt }, by),
);
