import { isLoopback } from "../is-loopback.ts";

/** What clients may call a front end: up to 64 letters, digits, dots, dashes and underscores, no mark first. */
export const FRONT_END_ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * What is wrong with an address as that of a front end, as the end of a sentence; null for nothing. It is
 * where a mailed token may go, and what a path can be put behind.
 */
export function problemOfFrontEndUrl(given: string): string | null {
  const url = URL.parse(given);
  if (!url) {
    return "is not an address";
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return "is neither https nor on a loopback address";
  }
  if (/[?#]/.test(given)) {
    return "has a query or a fragment";
  }
  return url.username || url.password ? "has a name or password in it" : null;
}

/** The address of a front end as it is stored: without a slash at its end. */
export function frontEndUrl(given: string): string {
  const { origin, pathname } = new URL(given);
  return `${origin}${pathname}`.replace(/\/+$/, "");
}
