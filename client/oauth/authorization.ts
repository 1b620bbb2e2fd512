import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { codeVerifier } from "./code-verifier.ts";
import { givenTokens } from "./given-tokens.ts";
import { randomText } from "./random-text.ts";
import type { Server } from "./server.ts";
import type { Wanted } from "./wanted.ts";

/** How a person is sent to sign in. */
export interface AuthorizationOptions extends Wanted {
  /** Where they come back to, exactly as the client is registered. */
  readonly redirectUri: string;
  /** `none` asks nothing of somebody who is signed in at Latchkey; `login` has them prove themselves anew. */
  readonly prompt?: "none" | "login" | "consent";
  /** Their e-mail address, where it is known. */
  readonly loginHint?: string;
}

/**
 * What has to be there when the person comes back: keep it where only their browser has it, such as
 * `sessionStorage` or a cookie.
 */
export interface PendingAuthorization {
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** Where to send somebody to sign in: RFC 6749 §4.1.1 with PKCE. */
export async function startAuthorization(
  { locate, clientId }: Server,
  { redirectUri, scope, resource = [], prompt, loginHint }: AuthorizationOptions,
): Promise<{ url: URL; pending: PendingAuthorization }> {
  const { verifier, challenge } = await codeVerifier();
  const state = randomText();
  const address = locate("/oauth/authorize");
  const asked = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...(scope !== undefined && { scope }),
    ...(prompt && { prompt }),
    ...(loginHint && { login_hint: loginHint }),
  };
  for (const [name, value] of Object.entries(asked)) {
    address.searchParams.set(name, value);
  }
  for (const one of resource) {
    address.searchParams.append("resource", one);
  }
  return { url: address, pending: { state, codeVerifier: verifier, redirectUri } };
}

/**
 * Trades the code with which somebody came back: RFC 6749 §4.1.3. Throws what the address says went
 * wrong, and `wrong_callback` for one that does not belong to `pending` or to this server (RFC 9207).
 * Asked once alone: what a code gave ends when it is brought twice.
 */
export async function finishAuthorization(
  { url, saysIssuer, clientId, credentials, ask, platform }: Server,
  callback: URL | string,
  pending: PendingAuthorization,
): Promise<Tokens> {
  const said = new URL(callback).searchParams;
  const named = said.get("iss") ?? (saysIssuer ? null : url);
  if (said.get("state") !== pending.state || named !== url) {
    throw new LatchkeyError("wrong_callback", "This is not the answer to what was asked.");
  }
  const error = said.get("error");
  if (error) {
    throw new LatchkeyError(error, said.get("error_description") ?? "The sign-in was refused.");
  }
  const askedAt = platform.now();
  const answer = await ask("POST /oauth/token", {
    form: {
      grant_type: "authorization_code",
      code: said.get("code") ?? "",
      ...credentials,
      redirect_uri: pending.redirectUri,
      code_verifier: pending.codeVerifier,
    },
  });
  return givenTokens(answer, askedAt, { url, clientId });
}
