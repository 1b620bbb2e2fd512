import type { Http } from "./endpoint.ts";

const CACHE_SECONDS = 300;

/** Answers with the public keys of access tokens. RFC 7517. */
export function jwks(signingKeys: { jwks(): Promise<object> }): (http: Http) => Promise<Response> {
  return async (http) =>
    http.json(await signingKeys.jwks(), 200, {
      "cache-control": `public, max-age=${CACHE_SECONDS}`,
    });
}
