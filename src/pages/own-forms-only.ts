import type { MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Lets a form through only if one of our own pages posted it. Pages are sent with
 * `Referrer-Policy: no-referrer`, under which browsers post `Origin: null`: `Sec-Fetch-Site` is then
 * what tells, and the origin stands in for it where it is sent. OWASP CSRF cheat sheet.
 */
export function ownFormsOnly({ publicUrl, development }: OwnForms): MiddlewareHandler {
  const { origin: ours } = new URL(publicUrl);
  return csrf({
    origin: (origin, http) =>
      origin === ours || (development && isOwnLoopback(origin, new URL(http.req.url))),
  });
}

interface OwnForms {
  publicUrl: string;
  development: boolean;
}

/** In development the page may be open under another loopback name than the one configured. */
function isOwnLoopback(origin: string, requested: URL): boolean {
  return origin === requested.origin && LOOPBACK.test(requested.hostname);
}
