import type { Tokens } from "../tokens/tokens.ts";
import { objectIn } from "./object-in.ts";

/**
 * What the ID token beside some tokens says; null where there is none, or one of another issuer or for
 * another client. It came from the token endpoint itself, so its signature is not needed: OpenID Connect
 * Core §3.1.3.7. Good to show, not to let anybody in.
 */
export function idTokenClaims({
  idToken,
  issuer,
  clientId,
}: Tokens): Readonly<Record<string, unknown>> | null {
  const [, payload = ""] = idToken?.split(".") ?? [];
  const claims = objectIn(Buffer.from(payload, "base64url").toString("utf8"));
  const isOurs = claims["iss"] === issuer && [claims["aud"]].flat().includes(clientId);
  return isOurs ? claims : null;
}
