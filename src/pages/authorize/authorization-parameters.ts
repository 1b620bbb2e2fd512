import type { AuthorizationParameters } from "../../core/oauth/authorization-request.ts";
import { Refused } from "../../core/refused.ts";

/** Bytes of any one parameter. A state this long still fits into the addresses it travels in. */
export const PARAMETER_MAX_BYTES = 2048;
/** Controls, and what stands where the bytes were no UTF-8: neither could be given back as it came. */
const UNREADABLE = /[\p{Cc}\uFFFD]/u;
/** What is read here: the rest may be as it likes. */
const PARAMETERS = [
  "client_id",
  "redirect_uri",
  "response_type",
  "response_mode",
  "scope",
  "state",
  "nonce",
  "resource",
  "code_challenge",
  "code_challenge_method",
  "prompt",
  "max_age",
  "login_hint",
  "id_token_hint",
  "request",
  "request_uri",
] as const;
export type AuthorizationParameter = (typeof PARAMETERS)[number];
/** What is nobody's business here, least of all in an address. RFC 9700 §2.1.1, §4.3.2. */
const SECRETS = [
  "client_secret",
  "client_assertion",
  "code_verifier",
  "access_token",
  "refresh_token",
  "password",
];

/** What was sent to the authorization endpoint, each parameter read once. */
export interface SentParameters {
  clientId: string;
  redirectUri: string;
  asked: AuthorizationParameters;
  /** What is wrong with how it was sent, for the client to be told. */
  problem: Refused<"invalid_request"> | null;
}

/**
 * Reads an authorization request; an empty parameter counts as omitted. Null where it does not say,
 * once and clearly, which client asks and where to answer. RFC 6749 §3.1, RFC 8707 §2.
 */
export function readAuthorizationParameters(sent: URLSearchParams): SentParameters | null {
  const one = (name: AuthorizationParameter) =>
    isSentOnce(sent, name) ? sent.get(name) || null : null;
  const clientId = one("client_id");
  const redirectUri = one("redirect_uri");
  if (!clientId || !redirectUri || !isReadable(clientId) || !isReadable(redirectUri)) {
    return null;
  }
  const state = one("state");
  const asked = {
    state: state !== null && isReadable(state) ? state : null,
    responseType: one("response_type"),
    responseMode: one("response_mode"),
    scope: one("scope"),
    resources: sent.getAll("resource").filter((resource) => resource !== ""),
    challenge: one("code_challenge"),
    challengeMethod: one("code_challenge_method"),
    nonce: one("nonce"),
    prompt: one("prompt"),
    maxAge: one("max_age"),
    loginHint: one("login_hint"),
    idTokenHint: one("id_token_hint"),
    request: one("request") !== null,
    requestUri: one("request_uri") !== null,
  };
  return { clientId, redirectUri, asked, problem: problemOf(sent) };
}

function problemOf(sent: URLSearchParams): Refused<"invalid_request"> | null {
  const names = [...new Set(sent.keys())];
  if (names.some((name) => SECRETS.includes(name))) {
    return invalid("must not hold a secret or a token");
  }
  if (names.some((name) => name !== "resource" && !isSentOnce(sent, name))) {
    return invalid("must not hold a parameter twice");
  }
  return PARAMETERS.every((name) => sent.getAll(name).every(isReadable))
    ? null
    : invalid(`must hold readable text of at most ${PARAMETER_MAX_BYTES} bytes in each parameter`);
}

function isSentOnce(sent: URLSearchParams, name: string): boolean {
  return sent.getAll(name).length === 1;
}

function isReadable(text: string): boolean {
  return !UNREADABLE.test(text) && new TextEncoder().encode(text).byteLength <= PARAMETER_MAX_BYTES;
}

function invalid(issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field: "The request", issue }] });
}
