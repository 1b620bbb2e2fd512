import * as z from "zod";
import { DEVICE_CODE_GRANT } from "../core/client/client.ts";
import type { ClientTokens } from "../core/oauth/client-tokens.ts";
import { Refused } from "../core/refused.ts";
import { authorizationCodeGrant } from "./authorization-code-grant.ts";
import { readClientCredentials } from "./client-authentication.ts";
import { clientCredentialsGrant } from "./client-credentials-grant.ts";
import { deviceCodeGrant } from "./device-code-grant.ts";
import { endpoint, NO_STORE } from "./endpoint.ts";
import type { Grant } from "./grant.ts";
import { readParameters } from "./parameters.ts";
import { pick } from "./pick.ts";
import { refreshTokenGrant } from "./refresh-token-grant.ts";
import type * as shape from "./shapes.ts";
import { required } from "./text-parameter.ts";

/** In the order in which the metadata lists them. */
export const grants: ReadonlyMap<string, Grant> = new Map([
  ["authorization_code", authorizationCodeGrant],
  ["refresh_token", refreshTokenGrant],
  ["client_credentials", clientCredentialsGrant],
  [DEVICE_CODE_GRANT, deviceCodeGrant],
]);

const GRANT_TYPE_MAX_LENGTH = 256;
const schema = z.object({ grant_type: required(GRANT_TYPE_MAX_LENGTH) });

/** The token endpoint: hands each request to its grant. RFC 6749 §3.2, §5.1. */
export const token = endpoint(null, async (http, context) => {
  const parameters = await readParameters(http.req, { json: true });
  if (parameters instanceof Refused) {
    return parameters;
  }
  const said = pick(parameters, schema);
  if (said instanceof Refused) {
    return said;
  }
  const grant = grants.get(said.grant_type);
  if (!grant) {
    return new Refused("grant_type_unknown");
  }
  http.var.log.operation = grant.operation;
  const credentials = readClientCredentials(http.req, parameters);
  if (credentials instanceof Refused) {
    return credentials;
  }
  const tokens = await grant.redeem(context, { credentials, parameters, request: http.req });
  for (const [name, value] of Object.entries(grant.headers?.(http.req, tokens) ?? {})) {
    http.header(name, value);
  }
  return tokens instanceof Refused ? tokens : http.json(tokenAnswer(tokens), 200, NO_STORE);
});

/** An empty scope is not said: RFC 6749 §3.3 knows none. */
function tokenAnswer({
  access,
  accessLifetimeSeconds,
  scope,
  refresh,
  idToken,
}: ClientTokens): z.output<typeof shape.token> {
  return {
    access_token: access,
    token_type: "Bearer",
    expires_in: accessLifetimeSeconds,
    ...(scope !== "" && { scope }),
    ...(refresh !== null && { refresh_token: refresh }),
    ...(idToken !== null && { id_token: idToken }),
  };
}
