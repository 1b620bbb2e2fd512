import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";

const CACHE_SECONDS = 300;

/** `/.well-known/jwks.json`: the public keys of access tokens. RFC 7517. */
export function jwks(signingKeys: { jwks(): Promise<object> }): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/.well-known/jwks.json", async (http) =>
    http.json(await signingKeys.jwks(), 200, {
      "cache-control": `public, max-age=${CACHE_SECONDS}`,
    }),
  );
}
