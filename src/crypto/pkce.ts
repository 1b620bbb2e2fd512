import { sameText } from "../bytes/same-text.ts";
import { sha256 } from "../bytes/sha-256.ts";
import type { Pkce } from "../core/pkce.ts";
import { toBase64url } from "./base64url.ts";

/** RFC 7636 §4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** S256. RFC 7636 §4.6. */
export const pkce: Pkce = {
  async matches(verifier, challenge) {
    return VERIFIER.test(verifier) && sameText(toBase64url(await sha256(verifier)), challenge);
  },
};
