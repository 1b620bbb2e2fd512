import type { SignIn } from "./look-up-sign-in.ts";

/**
 * What the ID token beside some tokens says; null where there is none, or one of another issuer or for
 * another client. It came from the token endpoint itself, so its signature is not needed: OpenID Connect
 * Core §3.1.3.7. Good to show, not to let anybody in.
 */
export function idTokenClaims({
  idToken,
  url,
  clientId,
}: SignIn): Readonly<Record<string, unknown>> | null {
  const [, payload = ""] = idToken?.split(".") ?? [];
  const claims = objectIn(Buffer.from(payload, "base64url").toString("utf8"));
  const isOurs = claims["iss"] === url && [claims["aud"]].flat().includes(clientId);
  return isOurs ? claims : null;
}

/** The object that a JSON text holds; empty where it holds none. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
