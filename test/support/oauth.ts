import type { AuthorizationRequest } from "../../src/core/oauth/authorization-request.ts";
import { grantAuthorization } from "../../src/core/oauth/grant-authorization.ts";
import type { Context } from "../../src/core/ports.ts";
import { Refused } from "../../src/core/refused.ts";
import { identifyByAccessToken } from "../../src/core/session/identify.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { terms } from "../../src/oauth/terms.ts";
import { CHALLENGE, VERIFIER } from "./authorization.ts";
import { decide } from "./devices.ts";
import { mailTo, VERIFY } from "./mail.ts";
import { TEST_SECRET } from "./oauth-clients.ts";
import { signedIn } from "./people.ts";
import { REQUESTER } from "./requester.ts";
import type { Answer, TestService } from "./service.ts";

export const DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
export const BACKEND_CALLBACK = "https://backend.example.test/callback";
export const SPA_CALLBACK = "https://spa.example.test/callback";

/** What a form is made of; null leaves a parameter out, a list sends it again and again. */
export type FormFields = Record<string, string | readonly string[] | null>;

export interface OAuthError {
  error?: string;
  error_description?: string;
}

export interface TokenBody extends OAuthError {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  refresh_token: string;
  id_token: string;
}

export interface DeviceBody extends OAuthError {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

export type Introspected = OAuthError & Record<string, unknown> & { active: boolean };

interface More {
  /** Client id and secret for `Authorization: Basic`. */
  basic?: readonly [id: string, secret: string];
  headers?: Record<string, string>;
  address?: string;
}

/** The clients that bring a secret, as they authenticate by Basic. */
export const BACKEND = { basic: ["test-backend", TEST_SECRET] } as const;
export const API_SERVER = { basic: ["test-api", TEST_SECRET] } as const;

export function basic([id, secret]: readonly [string, string]): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");
  return `Basic ${btoa(`${encode(id)}:${encode(secret)}`)}`;
}

export function formOf(fields: FormFields): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value === null ? [] : [value].flat()) {
      form.append(name, one);
    }
  }
  return form;
}

/** Posts a form to an OAuth endpoint. */
export function post<Body>(
  service: TestService,
  path: string,
  fields: FormFields,
  { basic: credentials, headers, address }: More = {},
): Promise<Answer<Body>> {
  return service.ask<Body>(path, {
    body: formOf(fields).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(credentials && { authorization: basic(credentials) }),
      ...headers,
    },
    ...(address !== undefined && { address }),
  });
}

export function askToken(service: TestService, fields: FormFields, more?: More) {
  return post<TokenBody>(service, "/oauth/token", fields, more);
}

export function introspected(service: TestService, token: string, more: More = API_SERVER) {
  return post<Introspected>(service, "/oauth/introspect", { token }, more);
}

export function revoked(service: TestService, fields: FormFields, more?: More) {
  return post<OAuthError | "">(service, "/oauth/revoke", fields, more);
}

export function userInfo<Body = Record<string, unknown>>(service: TestService, bearer: string) {
  return service.ask<Body>("/oauth/userinfo", { method: "GET", bearer });
}

/** A refusal as `seen` shows it, whole. */
export function oauthRefusal(
  status: number,
  error: string,
  error_description: string,
  headers: Record<string, string> = {},
) {
  return {
    status,
    headers: { "cache-control": "no-store", "content-type": "application/json", ...headers },
    body: { error, error_description },
  };
}

/** Throws where there are no tokens in an answer. */
export function tokensIn({ status, body }: Answer<TokenBody>): TokenBody {
  if (status !== 200) {
    throw new Error(`asking for tokens answered ${status} ${body.error}`);
  }
  return body;
}

export async function startedGrant(
  service: TestService,
  fields: FormFields = {},
  more?: More,
): Promise<DeviceBody> {
  const { status, body } = await post<DeviceBody>(
    service,
    "/oauth/device_authorization",
    { client_id: "test-oauth-tv", ...fields },
    more,
  );
  if (status !== 200) {
    throw new Error(`starting a device answered ${status} ${body.error}`);
  }
  return body;
}

/** The tokens of a device that somebody new has approved. */
export async function deviceTokens(
  service: TestService,
  fields: FormFields = {},
): Promise<TokenBody & { bearer: string }> {
  const { accessToken } = await signedIn(service);
  const { user_code, device_code } = await startedGrant(service, fields);
  await decide(service, accessToken, { userCode: user_code });
  const client_id = fields["client_id"] ?? "test-oauth-tv";
  const polled = await askToken(service, { grant_type: DEVICE_CODE_GRANT, client_id, device_code });
  return { ...tokensIn(polled), bearer: accessToken };
}

/** The code that a person, who is signed in with this token, gives a client. */
export async function codeFor(
  service: TestService,
  bearer: string,
  replaced: Partial<AuthorizationRequest> = {},
): Promise<string> {
  const context = contextFor(service);
  const caller = await identifyByAccessToken(context, bearer);
  if (!caller) {
    throw new Error("nobody is signed in with that token");
  }
  const request = { ...usualRequest(context), ...replaced };
  const granted = await grantAuthorization(context, { caller, request });
  if (granted instanceof Refused) {
    throw new Error(`granting was refused: ${granted.reason}`);
  }
  return granted.code;
}

/** A redemption in order by `test-spa`, with what a test replaces in it. */
export function redemption(code: string, replaced: FormFields = {}): FormFields {
  return {
    grant_type: "authorization_code",
    client_id: "test-spa",
    redirect_uri: SPA_CALLBACK,
    code_verifier: VERIFIER,
    code,
    ...replaced,
  };
}

/** The tokens that `test-spa` gets from somebody new. */
export async function spaTokens(
  service: TestService,
  replaced: Partial<AuthorizationRequest> = {},
): Promise<TokenBody & { bearer: string; userId: string }> {
  const { accessToken, user } = await signedIn(service);
  const code = await codeFor(service, accessToken, replaced);
  const redeemed = await askToken(service, redemption(code));
  return { ...tokensIn(redeemed), bearer: accessToken, userId: user.id };
}

/** Somebody new, signed in, with the mail about it delivered: what happens from here on is the test's. */
export async function signedInQuietly(service: TestService): Promise<string> {
  const { accessToken, person } = await signedIn(service);
  await mailTo(service, person.email, VERIFY);
  return accessToken;
}

/** What `test-spa` gets from somebody of whom nothing is under way. */
export async function quietTokens(service: TestService): Promise<TokenBody> {
  const code = await codeFor(service, await signedInQuietly(service));
  return tokensIn(await askToken(service, redemption(code)));
}

/** What `test-backend` gets from somebody new, for the resources of a request. */
export async function backendTokens(
  service: TestService,
  replaced: Partial<AuthorizationRequest> = {},
): Promise<TokenBody & { bearer: string }> {
  const { accessToken } = await signedIn(service);
  const code = await codeFor(service, accessToken, {
    clientId: "test-backend",
    redirectUri: BACKEND_CALLBACK,
    ...replaced,
  });
  const fields = redemption(code, { client_id: null, redirect_uri: BACKEND_CALLBACK });
  return { ...tokensIn(await askToken(service, fields, BACKEND)), bearer: accessToken };
}

export function refreshed(
  service: TestService,
  refresh_token: string,
  fields: FormFields = {},
  more?: More,
) {
  const usual = { grant_type: "refresh_token", client_id: "test-spa", refresh_token };
  return askToken(service, { ...usual, ...fields }, more);
}

/** What the core is told of a request under OAuth's terms. */
export function contextFor(service: TestService): Context {
  return {
    ...service.ports,
    terms,
    tenantId: DEFAULT_TENANT_ID,
    requester: REQUESTER,
    afterwards: () => undefined,
  };
}

/** What `test-spa` asks for. */
export function usualRequest({ clock, tenantId }: Context): AuthorizationRequest {
  return {
    tenantId,
    clientId: "test-spa",
    redirectUri: SPA_CALLBACK,
    scopes: ["openid", "profile", "profile:read"],
    resources: [],
    challenge: CHALLENGE,
    state: null,
    nonce: null,
    prompt: [],
    maxAgeSeconds: null,
    loginHint: null,
    hintedAccountId: null,
    startedAt: clock.now().getTime(),
  };
}
