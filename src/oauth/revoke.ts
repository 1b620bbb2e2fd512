import { revokeToken } from "../core/oauth/revoke-token.ts";
import { Refused } from "../core/refused.ts";
import { readClientCredentials } from "./client-authentication.ts";
import { endpoint, NO_STORE } from "./endpoint.ts";
import { readParameters } from "./parameters.ts";
import { presentedToken } from "./presented-token.ts";

/** The revocation endpoint: a token that is none is as it should be. RFC 7009 §2. */
export const revoke = endpoint("revokeToken", async (http, context) => {
  const parameters = await readParameters(http.req);
  if (parameters instanceof Refused) {
    return parameters;
  }
  const credentials = readClientCredentials(http.req, parameters);
  if (credentials instanceof Refused) {
    return credentials;
  }
  const token = presentedToken(parameters);
  if (token instanceof Refused) {
    return token;
  }
  const revoked = await revokeToken(context, { credentials, token });
  return revoked instanceof Refused ? revoked : http.body(null, 200, NO_STORE);
});
