import * as z from "zod";
import { authorizeDevice } from "../core/oauth/authorize-device.ts";
import { CHALLENGE, isChallenge } from "../core/pkce.ts";
import { Refused } from "../core/refused.ts";
import { askedFor } from "./asked-for.ts";
import { readClientCredentials } from "./client-authentication.ts";
import { endpoint, NO_STORE } from "./endpoint.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { pick } from "./pick.ts";
import type * as shape from "./shapes.ts";
import { optional } from "./text-parameter.ts";

const CHALLENGE_MAX_LENGTH = 128;
const METHOD_MAX_LENGTH = 16;

export const deviceRequest = z.object({
  ...askedFor,
  code_challenge: optional(CHALLENGE_MAX_LENGTH)
    .describe("SHA-256 of the verifier, in base64url.")
    .meta({ pattern: CHALLENGE.source }),
  code_challenge_method: optional(METHOD_MAX_LENGTH)
    .describe("With a code_challenge, and not without it.")
    .meta({ enum: ["S256"] }),
});

/** The device authorization endpoint. RFC 8628 §3.1, §3.2. */
export const deviceAuthorization = endpoint("authorizeDevice", async (http, context) => {
  const parameters = await readParameters(http.req, { json: true });
  if (parameters instanceof Refused) {
    return parameters;
  }
  const credentials = readClientCredentials(http.req, parameters);
  if (credentials instanceof Refused) {
    return credentials;
  }
  const asked = readAsked(parameters);
  if (asked instanceof Refused) {
    return asked;
  }
  const started = await authorizeDevice(context, { credentials, ...asked });
  if (started instanceof Refused) {
    return started;
  }
  const answer: z.output<typeof shape.deviceAuthorization> = {
    device_code: started.deviceCode,
    user_code: started.userCode,
    verification_uri: started.verificationUri,
    verification_uri_complete: started.verificationUriComplete,
    expires_in: started.expiresInSeconds,
    interval: started.intervalSeconds,
  };
  return http.json(answer, 200, NO_STORE);
});

/** A method that is absent means "plain" (RFC 7636 §4.3), which would be no protection. */
function readAsked(parameters: Parameters) {
  const said = pick(parameters, deviceRequest);
  if (said instanceof Refused) {
    return said;
  }
  const { scope, resource, code_challenge: challenge, code_challenge_method: method } = said;
  if (challenge === null ? method !== null : method !== "S256") {
    return invalidParameter("code_challenge_method", "must be S256, beside a code_challenge");
  }
  return challenge === null || isChallenge(challenge)
    ? { scope, resources: resource, challenge }
    : invalidParameter("code_challenge", "must be the SHA-256 of the verifier in base64url");
}
