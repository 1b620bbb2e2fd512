import type * as z from "zod";
import type { Http } from "./endpoint.ts";
import { paths } from "./paths.ts";
import { MAX_WAIT_SECONDS } from "./prefer-wait.ts";
import type * as shape from "./shapes.ts";
import { grants } from "./token.ts";
import { claims } from "./user-info.ts";

const CACHE_SECONDS = 300;
const WITH_SECRET = ["client_secret_basic", "client_secret_post"] as const;

/**
 * What a client has to know of this server, the same for OAuth (RFC 8414 §2) and OpenID Connect
 * (Discovery 1.0 §3). The issuer is the configured one, whatever `Host` says.
 */
export function serverMetadata(issuer: string): z.output<typeof shape.metadata> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: issuer + paths.token,
    device_authorization_endpoint: issuer + paths.deviceAuthorization,
    revocation_endpoint: issuer + paths.revoke,
    introspection_endpoint: issuer + paths.introspect,
    userinfo_endpoint: issuer + paths.userInfo,
    jwks_uri: issuer + paths.jwks,
    scopes_supported: [
      "openid",
      "profile",
      "email",
      "offline_access",
      "profile:read",
      "profile:write",
    ],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [...grants.keys()],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    token_endpoint_auth_methods_supported: ["none", ...WITH_SECRET],
    revocation_endpoint_auth_methods_supported: ["none", ...WITH_SECRET],
    introspection_endpoint_auth_methods_supported: [...WITH_SECRET],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: ["none", "login", "consent"],
    claims_supported: ["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "sid", ...claims],
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_parameter_supported: false,
    device_poll_wait_seconds_supported: MAX_WAIT_SECONDS,
    device_wait_endpoint: issuer + paths.deviceWait,
    device_code_challenge_methods_supported: ["S256"],
  };
}

/** Answers with the metadata, which anybody may keep for a while. */
export function metadata(issuer: string): (http: Http) => Response {
  const document = serverMetadata(issuer);
  return (http) =>
    http.json(document, 200, { "cache-control": `public, max-age=${CACHE_SECONDS}` });
}
