import type { HonoRequest } from "hono";

/**
 * Whether a request that rides on a cookie was made by our own pages. A request that says nothing
 * about where it came from is refused. OWASP CSRF cheat sheet, "Verifying origin".
 */
export function isSameOrigin(request: HonoRequest, publicUrl: string): boolean {
  const site = request.header("sec-fetch-site");
  return site ? site === "same-origin" : request.header("origin") === new URL(publicUrl).origin;
}
