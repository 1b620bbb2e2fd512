import type { Pkce } from "../core/oauth/pkce.ts";
import { toBase64url } from "./base64url.ts";

/** RFC 7636 §4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** S256. RFC 7636 §4.6. */
export const pkce: Pkce = {
  async matches(verifier, challenge) {
    if (!VERIFIER.test(verifier)) {
      return false;
    }
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const [made, known] = [toBase64url(new Uint8Array(digest)), challenge].map((text) =>
      new TextEncoder().encode(text),
    ) as [Uint8Array, Uint8Array];
    return made.byteLength === known.byteLength && crypto.subtle.timingSafeEqual(made, known);
  },
};
