import { optional, required } from "./text-parameter.ts";

const CODE_MAX_LENGTH = 16_384;
const VERIFIER_MAX_LENGTH = 1024;

/** A code that was issued here, for an app or a device. */
export const issuedCode = required(CODE_MAX_LENGTH);

/** The PKCE verifier that is brought beside it. RFC 7636 §4.5. */
export const codeVerifier = optional(VERIFIER_MAX_LENGTH);
