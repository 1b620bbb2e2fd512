import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import type { TestService } from "./service.ts";

const HTTP_CACHE_SECONDS = 300;

/**
 * The keys as an API elsewhere has them that verifies by itself: jose with its defaults (it keeps them
 * for ten minutes, and asks anew for an id it does not know, at most every 30 seconds), behind a cache
 * that keeps every answer for as long as that allows.
 */
export function keysElsewhere(service: TestService): JWTVerifyGetKey {
  const { publicUrl } = service.settings;
  let kept: { body: string; at: number } | null = null;

  async function fetchKeys(url: string): Promise<Response> {
    if (!kept || Date.now() - kept.at >= HTTP_CACHE_SECONDS * 1000) {
      const answer = await service.fetch(new Request(url));
      kept = { body: await answer.text(), at: Date.now() };
    }
    return new Response(kept.body, { headers: { "content-type": "application/json" } });
  }

  return createRemoteJWKSet(new URL("/.well-known/jwks.json", publicUrl), {
    [customFetch]: fetchKeys,
  });
}
