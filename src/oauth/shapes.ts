import * as z from "zod";

/** The shapes of what OAuth's endpoints answer. For the API reference: no Worker loads them. */
const texts = z.array(z.string());
const scope = z.string().describe("Scopes, with a space between them.");

/** RFC 6749 §5.1. */
export const token = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().describe("Seconds that the access token lives."),
  scope: scope.optional(),
  refresh_token: z.string().optional().describe("Where the client may refresh."),
  id_token: z.string().optional().describe("Where `openid` was granted."),
});

/** RFC 8628 §3.2. */
export const deviceAuthorization = z.object({
  device_code: z.string(),
  user_code: z.string().regex(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
  verification_uri: z.url(),
  verification_uri_complete: z.url(),
  expires_in: z.int().describe("Seconds that the codes live."),
  interval: z.int().describe("Seconds to wait between polls; five more after each `slow_down`."),
});

/** RFC 7662 §2.2. */
export const introspection = z.union([
  z.object({
    active: z.literal(true),
    scope: scope.optional(),
    client_id: z.string().optional(),
    token_type: z.enum(["Bearer", "refresh_token", "api_key", "service_key"]),
    exp: z.int().optional(),
    iat: z.int(),
    sub: z.string().describe("The account, or `client:<id>` where a client acts for itself."),
    aud: z.union([z.string(), texts]),
    iss: z.url(),
    jti: z.string().optional(),
    sid: z.uuid().optional().describe("The session."),
    tenant: z.uuid(),
    roles: z.array(z.enum(["user", "admin", "superadmin"])).optional(),
    act: z.object({ sub: z.uuid() }).optional().describe("Who impersonates."),
  }),
  z.object({ active: z.literal(false) }),
]);

/** OpenID Connect Core §5.1. Scopes open all but `sub`; what is not known is not there. */
export const userInfo = z.object({
  sub: z.uuid(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  picture: z.string().optional(),
  zoneinfo: z.string().optional(),
  locale: z.string().optional(),
  updated_at: z.int().optional(),
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
});

const authMethods = z.array(z.enum(["none", "client_secret_basic", "client_secret_post"]));
const secretMethods = z.array(z.enum(["client_secret_basic", "client_secret_post"]));

/** RFC 8414 §2, OpenID Connect Discovery 1.0 §3. The last three are this server's own. */
export const metadata = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  device_authorization_endpoint: z.url(),
  revocation_endpoint: z.url(),
  introspection_endpoint: z.url(),
  userinfo_endpoint: z.url(),
  jwks_uri: z.url(),
  scopes_supported: texts,
  response_types_supported: z.array(z.literal("code")),
  response_modes_supported: z.array(z.literal("query")),
  grant_types_supported: texts,
  subject_types_supported: z.array(z.literal("public")),
  id_token_signing_alg_values_supported: z.array(z.literal("ES256")),
  token_endpoint_auth_methods_supported: authMethods,
  revocation_endpoint_auth_methods_supported: authMethods,
  introspection_endpoint_auth_methods_supported: secretMethods,
  code_challenge_methods_supported: z.array(z.literal("S256")),
  authorization_response_iss_parameter_supported: z.literal(true),
  prompt_values_supported: texts,
  claims_supported: texts,
  request_parameter_supported: z.literal(false),
  request_uri_parameter_supported: z.literal(false),
  claims_parameter_supported: z.literal(false),
  device_poll_wait_seconds_supported: z.int().describe("The most that `Prefer: wait` is given."),
  device_wait_endpoint: z.url(),
  device_code_challenge_methods_supported: z.array(z.literal("S256")),
});

/** RFC 7517 §5: public keys, the one that signs and those before and after it. */
export const jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.literal("EC"),
      crv: z.literal("P-256"),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      use: z.literal("sig"),
      alg: z.literal("ES256"),
    }),
  ),
});

/** RFC 6749 §5.2. */
export const refusal = z.object({ error: z.string(), error_description: z.string() });
