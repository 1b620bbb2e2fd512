import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { AppEnv } from "./app-env.ts";

/**
 * On every answer. Pages load one stylesheet and a logo; a script runs from a file of ours, and only
 * on a page that says so; no site frames us, and a link that leads away does not say where from.
 * Forms post here; a page whose form may end at a client names it in `formTarget`.
 */
export const securityHeaders = (): MiddlewareHandler<AppEnv> => {
  const write = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [(http) => (http.get("runsScript") ? "'self'" : "'none'")],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      formAction: [(http) => ["'self'", http.get("formTarget")].filter(Boolean).join(" ")],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    referrerPolicy: "no-referrer",
    strictTransportSecurity: "max-age=63072000; includeSubDomains",
  });
  return async (http, next) => {
    await next();
    // Only now is it known where the page's forms lead.
    await write(http, async () => {});
    const own = http.get("contentPolicy");
    if (own) {
      http.header("content-security-policy", own);
    }
  };
};
