import { isProtected } from "../is-protected.ts";

/** The address of an issuer. Throws for one over which somebody on the way could send keys of their own. */
export function issuerUrl(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (!url || !isProtected(url)) {
    throw new TypeError(
      `${JSON.stringify(issuer)} cannot be an issuer: https, or http on this machine.`,
    );
  }
  return url;
}
