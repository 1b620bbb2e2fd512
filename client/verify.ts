/** `latchkey/verify`: what `latchkey/hono` verifies access tokens with, for APIs on anything else. */
export type { VerifiedToken } from "../src/rpc/auth-service.ts";
export {
  accessTokenVerifier,
  type Expected,
  type VerifyAccessToken,
} from "./guard/access-token-verifier.ts";
