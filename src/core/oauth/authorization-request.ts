import type { Client } from "../client/client.ts";
import { isChallenge } from "../pkce.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { type AskedFor, allow } from "./asked-for.ts";

const PURPOSE = "authorization-request";
/** Long enough to find a password again on the way. */
const LIFETIME_SECONDS = 1800;
const PROMPTS = ["none", "login", "consent"];
/** Seconds. OpenID Connect Core §3.1.2.1. */
export const MAX_AGE = /^\d{1,9}$/;

/** The parameters of an authorization request as they came; null for those that did not. */
export interface AuthorizationParameters extends AskedFor {
  responseType: string | null;
  responseMode: string | null;
  challenge: string | null;
  challengeMethod: string | null;
  state: string | null;
  nonce: string | null;
  /** Space-separated. */
  prompt: string | null;
  maxAge: string | null;
  loginHint: string | null;
  idTokenHint: string | null;
  /** Whether a request object was sent, by value or by reference. OpenID Connect Core §6. */
  request: boolean;
  requestUri: boolean;
}

/** What a client asks a person for, once it is known to be in order. RFC 6749 §4.1.1. */
export interface AuthorizationRequest {
  tenantId: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  resources: readonly string[];
  challenge: string;
  state: string | null;
  nonce: string | null;
  prompt: readonly string[];
  /** How long ago the person may have signed in. */
  maxAgeSeconds: number | null;
  loginHint: string | null;
  /** Who the client believes is there, by an ID token that it was given; null where it does not say. */
  hintedAccountId: string | null;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/**
 * Reads a request of a client whose redirect URI is known to be its own: what is wrong with the rest
 * is told to the client. PKCE by S256 is for everyone (RFC 9700 §2.1.1).
 */
export async function readAuthorizationRequest(
  { accessTokens, clock }: Context,
  client: Client,
  redirectUri: string,
  asked: AuthorizationParameters,
): Promise<
  | AuthorizationRequest
  | Refused<
      | "invalid_request"
      | "request_object_unsupported"
      | "request_uri_unsupported"
      | "response_type_unknown"
      | "grant_not_allowed"
      | "scope_not_allowed"
      | "resource_not_allowed"
    >
> {
  const wrong = whatIsWrong(asked, client);
  if (wrong) {
    return wrong;
  }
  const allowed = allow(client, asked);
  if (allowed instanceof Refused) {
    return allowed;
  }
  const { idTokenHint } = asked;
  const hintedAccountId =
    idTokenHint === null ? null : await accessTokens.readIdToken(idTokenHint, client.id);
  if (idTokenHint !== null && hintedAccountId === null) {
    return invalid("id_token_hint", "must be an ID token that this client was given here");
  }
  return {
    ...allowed,
    tenantId: client.tenantId,
    clientId: client.id,
    redirectUri,
    challenge: asked.challenge ?? "",
    state: asked.state,
    nonce: asked.nonce,
    prompt: promptsIn(asked),
    maxAgeSeconds: asked.maxAge === null ? null : Number(asked.maxAge),
    loginHint: asked.loginHint,
    hintedAccountId,
    startedAt: clock.now().getTime(),
  };
}

function whatIsWrong(asked: AuthorizationParameters, client: Client) {
  if (asked.request) {
    return new Refused("request_object_unsupported");
  }
  if (asked.requestUri) {
    return new Refused("request_uri_unsupported");
  }
  if (asked.responseType === null) {
    return invalid("response_type", "is required");
  }
  if (asked.responseType !== "code") {
    return new Refused("response_type_unknown");
  }
  if (!client.grants.includes("authorization_code")) {
    return new Refused("grant_not_allowed");
  }
  return challengeProblem(asked) ?? promptProblem(asked);
}

function challengeProblem({ challenge, challengeMethod, responseMode }: AuthorizationParameters) {
  if (challenge === null) {
    return invalid("code_challenge", "is required");
  }
  if (!isChallenge(challenge)) {
    return invalid("code_challenge", "must be the SHA-256 of the verifier in base64url");
  }
  // Absent means "plain" (RFC 7636 §4.3), which would be no protection.
  if (challengeMethod !== "S256") {
    return invalid("code_challenge_method", "must be S256");
  }
  return responseMode === null || responseMode === "query"
    ? null
    : invalid("response_mode", "must be query");
}

function promptProblem(asked: AuthorizationParameters) {
  const prompts = promptsIn(asked);
  if (!prompts.every((prompt) => PROMPTS.includes(prompt))) {
    return invalid("prompt", "must be none, login or consent");
  }
  if (prompts.includes("none") && prompts.length > 1) {
    return invalid("prompt", "must not have none beside others");
  }
  return asked.maxAge === null || MAX_AGE.test(asked.maxAge)
    ? null
    : invalid("max_age", "must be a number of seconds");
}

function promptsIn({ prompt }: AuthorizationParameters): string[] {
  return prompt === null ? [] : prompt.split(" ").filter((one) => one !== "");
}

function invalid(field: string, issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field, issue }] });
}

/** The request in a form that travels through pages: nobody can read it on the way, or change it. */
export function sealAuthorizationRequest(
  { sealer }: Context,
  request: AuthorizationRequest,
): Promise<string> {
  return sealer.seal(PURPOSE, JSON.stringify(request));
}

/** Null for what was not sealed here, or half an hour ago. */
export async function openAuthorizationRequest(
  { sealer, clock, tenantId }: Context,
  sealed: string,
): Promise<AuthorizationRequest | null> {
  const content = await sealer.open(PURPOSE, sealed);
  const request = content === null ? null : (JSON.parse(content) as AuthorizationRequest);
  const age = request && clock.now().getTime() - request.startedAt;
  const isCurrent = age !== null && age < LIFETIME_SECONDS * 1000;
  return isCurrent && request?.tenantId === tenantId ? request : null;
}
