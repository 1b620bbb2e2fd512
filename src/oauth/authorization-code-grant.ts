import * as z from "zod";
import { redeemAuthorizationCode } from "../core/oauth/redeem-authorization-code.ts";
import { askedFor } from "./asked-for.ts";
import { codeVerifier, issuedCode } from "./code-parameters.ts";
import { defineGrant } from "./grant.ts";
import { optional } from "./text-parameter.ts";

const URI_MAX_LENGTH = 2048;

/** `authorization_code`. RFC 6749 §4.1.3, RFC 7636 §4.5. */
export const authorizationCodeGrant = defineGrant({
  operation: "redeemAuthorizationCode",
  schema: z.object({
    code: issuedCode,
    redirect_uri: optional(URI_MAX_LENGTH),
    code_verifier: codeVerifier,
    resource: askedFor.resource,
  }),
  redeem: (context, { credentials, said }) =>
    redeemAuthorizationCode(context, {
      credentials,
      code: said.code,
      redirectUri: said.redirect_uri,
      verifier: said.code_verifier,
      resources: said.resource,
    }),
});
