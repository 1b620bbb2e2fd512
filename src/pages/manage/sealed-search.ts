import type { Context } from "../../core/ports.ts";

const PURPOSE = "manage-search";

/**
 * What was searched for, as it stands in an address: part of somebody's e-mail address is nothing for
 * the history of a browser or the log of a proxy.
 */
export function sealSearch({ sealer }: Context, emailPrefix: string): Promise<string> {
  return sealer.seal(PURPOSE, emailPrefix);
}

/** Null for what was not sealed here. */
export async function openSearch({ sealer }: Context, sealed: string): Promise<string | null> {
  return sealer.open(PURPOSE, sealed);
}
