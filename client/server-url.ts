import { isProtected } from "./is-protected.ts";

/**
 * An issuer, which may have a path: RFC 8414 §2. It is given back as it came, since issuers are compared letter
 * by letter. Throws a TypeError like `serverUrl`.
 */
export function issuerUrl(issuer: string): string {
  const parsed = URL.canParse(issuer) ? new URL(issuer) : null;
  if (!parsed || !isProtected(parsed) || /[?#@]/.test(issuer)) {
    const rule = "https, or http on this machine, without query";
    throw new TypeError(`${JSON.stringify(issuer)} cannot be an issuer: ${rule}.`);
  }
  return issuer;
}

/** The address of a Latchkey. Throws a TypeError for one on the way to which others could read along. */
export function serverUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !isProtected(parsed) || parsed.pathname !== "/" || /[?#@]/.test(url)) {
    const rule = "https, or http on this machine, without path or query";
    throw new TypeError(`${JSON.stringify(url)} cannot be where Latchkey is: ${rule}.`);
  }
  return parsed;
}
