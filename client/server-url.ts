import { isProtected } from "./is-protected.ts";

/** The address of a Latchkey. Throws a TypeError for one on the way to which others could read along. */
export function serverUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !isProtected(parsed) || parsed.pathname !== "/" || /[?#@]/.test(url)) {
    const rule = "https, or http on this machine, without path or query";
    throw new TypeError(`${JSON.stringify(url)} cannot be where Latchkey is: ${rule}.`);
  }
  return parsed;
}
