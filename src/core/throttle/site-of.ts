/** As much as a whole site may do of what each of its senders may. */
export const SITE_FACTOR = 8;

/**
 * The /48 around a sender's /64, as `2001:db8:a::/48`: 65,536 senders, and the largest block that sites
 * were given as a rule (RFC 6177 §1). Null for anybody but an IPv6 sender.
 */
export function siteOf(address: string): string | null {
  const [, site] = address.match(/^((?:[\da-f]+:){3})[\da-f]+::\/64$/) ?? [];
  return site ? `${site}:/48` : null;
}
