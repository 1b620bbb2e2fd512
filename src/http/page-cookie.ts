import type { Context } from "hono";
import { getCookie } from "hono/cookie";

/**
 * The page session's cookie. `__Host-` holds it to this host, path / and TLS (RFC 6265bis §4.1.3.2);
 * plain HTTP exists on a loopback address in development only, where browsers would drop it.
 */
export function pageCookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? "__Host-latchkey" : "latchkey";
}

export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}

/** The cookie's value as it was sent; whose it is, the core finds out. */
export function readPageCookie(http: Context, publicUrl: string): string | null {
  return getCookie(http, pageCookieName(publicUrl)) ?? null;
}
