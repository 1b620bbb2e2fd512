import type { Handler } from "hono";
import { crc32 } from "../core/key/crc32.ts";
import type { AppEnv } from "../http/app-env.ts";
import script from "./passkey.browser.js";

/** Where the script is that pages with a `PasskeyForm` run. It changes as the script does. */
export const passkeyScript = `/assets/passkey.js?v=${crc32(script).toString(16)}`;

/** GET /assets/passkey.js */
export const showPasskeyScript: Handler<AppEnv> = (http) =>
  http.body(script, 200, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
