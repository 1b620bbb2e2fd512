import * as z from "zod";
import { redeemAuthorizationCode } from "../core/oauth/redeem-authorization-code.ts";
import { Refused } from "../core/refused.ts";
import { askedFor } from "./asked-for.ts";
import type { Grant } from "./grant.ts";
import { pick } from "./pick.ts";
import { optional, required } from "./text-parameter.ts";

const CODE_MAX_LENGTH = 16_384;
const URI_MAX_LENGTH = 2048;
const VERIFIER_MAX_LENGTH = 1024;

const schema = z.object({
  code: required(CODE_MAX_LENGTH),
  redirect_uri: optional(URI_MAX_LENGTH),
  code_verifier: optional(VERIFIER_MAX_LENGTH),
  resource: askedFor.resource,
});

/** `authorization_code`. RFC 6749 §4.1.3, RFC 7636 §4.5. */
export const authorizationCodeGrant: Grant = {
  operation: "redeemAuthorizationCode",
  schema,
  async redeem(context, { credentials, parameters }) {
    const said = pick(parameters, schema);
    return said instanceof Refused
      ? said
      : redeemAuthorizationCode(context, {
          credentials,
          code: said.code,
          redirectUri: said.redirect_uri,
          verifier: said.code_verifier,
          resources: said.resource,
        });
  },
};
