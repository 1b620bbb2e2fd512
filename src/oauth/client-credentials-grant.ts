import * as z from "zod";
import { redeemClientCredentials } from "../core/oauth/redeem-client-credentials.ts";
import { askedFor } from "./asked-for.ts";
import { defineGrant } from "./grant.ts";

/** `client_credentials`. RFC 6749 §4.4. */
export const clientCredentialsGrant = defineGrant({
  operation: "redeemClientCredentials",
  schema: z.object(askedFor),
  redeem: (context, { credentials, said: { scope, resource: resources } }) =>
    redeemClientCredentials(context, { credentials, scope, resources }),
});
