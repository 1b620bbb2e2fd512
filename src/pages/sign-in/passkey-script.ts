import type { Handler } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { versionOf } from "../frame/version.ts";
import script from "./passkey.browser.js";

const version = versionOf(script);

/** Where the script is that pages with a `PasskeyForm` run. It changes as the script does. */
export function passkeyScript(): string {
  return `/assets/passkey.js?v=${version()}`;
}

/** GET /assets/passkey.js: like the stylesheet, kept for a year under its own version alone. */
export const showPasskeyScript: Handler<AppEnv> = (http) =>
  http.body(script, 200, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control":
      http.req.query("v") === version() ? "public, max-age=31536000, immutable" : "no-store",
  });
