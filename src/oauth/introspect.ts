import { introspect as introspectToken } from "../core/oauth/introspect.ts";
import { Refused } from "../core/refused.ts";
import { readClientCredentials } from "./client-authentication.ts";
import { endpoint, NO_STORE } from "./endpoint.ts";
import { introspectionAnswer } from "./introspection-answer.ts";
import { readParameters } from "./parameters.ts";
import { presentedToken } from "./presented-token.ts";

/** The introspection endpoint, for clients with a secret. Who brings none is not let in. RFC 7662 §2. */
export const introspect = endpoint("introspect", async (http, context) => {
  const parameters = await readParameters(http.req);
  if (parameters instanceof Refused) {
    return parameters;
  }
  const isBasic = /^Basic /i.test(http.req.header("authorization") ?? "");
  if (!isBasic && !parameters.get("client_secret")?.length) {
    return new Refused("client_unauthenticated");
  }
  const credentials = readClientCredentials(http.req, parameters);
  if (credentials instanceof Refused) {
    return credentials;
  }
  const token = presentedToken(parameters);
  if (token instanceof Refused) {
    return token;
  }
  const live = await introspectToken(context, { credentials, token });
  if (live instanceof Refused) {
    return live;
  }
  return http.json(introspectionAnswer(live, context.settings.publicUrl), 200, NO_STORE);
});
