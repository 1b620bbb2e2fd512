import type { Context } from "../ports.ts";
import type { KeyCaller } from "./key.ts";
import { isKey } from "./key-format.ts";

/** A use that follows the last one this soon is not written down. */
const TOUCHED_EVERY_MS = 5 * 60 * 1000;

/**
 * Who a key of this contract belongs to: one read and, before the answer, no write. Null without a
 * look-up for what can be no key; null for one that is deleted, has expired, is of another tenant or
 * kind, or whose account is disabled.
 */
export async function identifyByKey(context: Context, key: string): Promise<KeyCaller | null> {
  const { afterwards, clock, keys, tenantId, terms } = context;
  if (!terms.keys || !isKey(key, terms.keys.prefix)) {
    return null;
  }
  const now = clock.now();
  const caller = await keys.findCaller(key, now);
  if (caller?.key.tenantId !== tenantId || caller.key.kind !== terms.keys.kind) {
    return null;
  }
  const { id, lastUsedAt } = caller.key;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > TOUCHED_EVERY_MS) {
    afterwards(keys.touch(id, now));
  }
  return caller;
}
