import { join } from "node:path";

/** The files that belong to one issuer. */
export interface TokenFile {
  readonly path: string;
  /** Says who may change the file. It is never deleted: another process may be waiting for it. */
  readonly lockPath: string;
}

/** Names the file of an issuer. No two issuers share one, as far as their hosts and paths differ. */
export function tokenFile(issuer: string, directory: string): TokenFile {
  const url = URL.parse(issuer);
  const place = url ? `${url.host}${url.pathname.replace(/\/$/, "")}` : issuer;
  const name = encodeURIComponent(place);
  return { path: join(directory, `${name}.json`), lockPath: join(directory, `${name}.lock`) };
}
