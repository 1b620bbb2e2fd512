import { noteUse } from "../last-use.ts";
import type { Context } from "../ports.ts";
import type { KeyCaller } from "./key.ts";
import { isKey } from "./key-format.ts";

/**
 * Who a key of this contract belongs to: one read and, before the answer, no write. Null without a
 * look-up for what can be no key; null for one that is deleted, has expired, is of another tenant or
 * kind, or whose account is disabled.
 */
export async function identifyByKey(context: Context, key: string): Promise<KeyCaller | null> {
  const { clock, keys, tenantId, terms } = context;
  if (!terms.keys || !isKey(key, terms.keys.prefix)) {
    return null;
  }
  const caller = await keys.findCaller(key, clock.now());
  if (caller?.key.tenantId !== tenantId || caller.key.kind !== terms.keys.kind) {
    return null;
  }
  noteUse(context, keys, caller.key);
  return caller;
}
