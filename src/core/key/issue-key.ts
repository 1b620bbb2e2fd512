import type { Caller } from "../caller/caller.ts";
import type { StillIn } from "../caller/still-in.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import type { Key, KeyKind } from "./key.ts";
import { drawKey, shownPart } from "./key-format.ts";

/** Keys an account has, or a tenant for its services: more are not made, they are left behind. */
const MOST_KEYS = 100;

export interface NewKey {
  kind: KeyKind;
  name: string;
  scopes: readonly string[];
  /** Null for a key that never expires. */
  expiresAt: Date | null;
}

export interface IssuedKey {
  key: Key;
  /** The key itself: it is kept nowhere and cannot be shown again. */
  secret: string;
}

/**
 * Makes and stores a key of the contract that is asked, and tells whoever made it by mail. Refuses an
 * expiry that is not ahead.
 */
export async function issueKey(
  context: Context,
  { account, session }: Caller,
  { scopes, ...asked }: NewKey,
  by: StillIn,
): Promise<IssuedKey | Refused<"invalid_request" | "too_many_keys" | "rate_limited">> {
  const { clock, keys, randomness, tenantId, terms } = context;
  const fenced = await fenceRequests(context, "key");
  if (fenced) {
    return fenced;
  }
  const now = clock.now();
  if (asked.expiresAt && asked.expiresAt <= now) {
    const fields = [{ field: "expires_at", issue: "must be in the future" }];
    return new Refused("invalid_request", { fields });
  }
  if (terms.keys?.kind !== asked.kind) {
    throw new Error(`the contract ${terms.contract} has no ${asked.kind} keys`);
  }
  const { prefix } = terms.keys;
  const secret = drawKey(randomness, prefix);
  const key: Key = {
    id: randomness.id(now),
    tenantId,
    accountId: account.id,
    ...asked,
    prefix: shownPart(secret, prefix),
    scopes: [...new Set(scopes)],
    createdAt: now,
    lastUsedAt: null,
  };
  if (!(await keys.insert(key, secret, { by, most: MOST_KEYS }))) {
    return new Refused("too_many_keys");
  }
  notifyOwner(context, "key-made", account, { sessionId: session.id, subject: key.name });
  return { key, secret };
}
