import * as client from "openid-client";
import type { Browser } from "./browser.ts";
import { goThrough, type Step } from "./go-through.ts";
import type { Person } from "./person.ts";

export const SCOPE = "openid profile email offline_access";

/** What a client keeps while somebody is away at the authorization endpoint. */
export interface Errand {
  request: URL;
  checks: {
    pkceCodeVerifier: string;
    expectedState: string;
    expectedNonce: string;
  };
}

/** Puts together an authorization request, as openid-client's own guide does. */
export async function prepareSignIn(
  app: client.Configuration,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Errand> {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
  };
  const request = client.buildAuthorizationUrl(app, {
    redirect_uri: "http://127.0.0.1:54321/callback",
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: "S256",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...parameters,
  });
  return { request, checks };
}

/** Signs somebody in to a client in their browser: its tokens, and what the person was asked. */
export async function signInTo(
  app: client.Configuration,
  browser: Browser,
  person: Person,
  parameters: Readonly<Record<string, string>> = {},
) {
  const { request, checks } = await prepareSignIn(app, parameters);
  const { callback, steps } = await goThrough(browser, request, person);
  const tokens = await client.authorizationCodeGrant(app, callback, checks);
  return { tokens, callback, checks, steps: steps satisfies readonly Step[] };
}
