import { join } from "node:path";

/** The file of an issuer's tokens. No two issuers share one, as far as their hosts and paths differ. */
export function tokenFile(issuer: string, directory: string): string {
  const url = URL.parse(issuer);
  const place = url ? `${url.host}${url.pathname.replace(/\/$/, "")}` : issuer;
  return join(directory, `${encodeURIComponent(place)}.json`);
}
