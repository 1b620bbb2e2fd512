import * as z from "zod";
import { redeemClientCredentials } from "../core/oauth/redeem-client-credentials.ts";
import { Refused } from "../core/refused.ts";
import { askedFor } from "./asked-for.ts";
import type { Grant } from "./grant.ts";
import { pick } from "./pick.ts";

const schema = z.object(askedFor);

/** `client_credentials`. RFC 6749 §4.4. */
export const clientCredentialsGrant: Grant = {
  operation: "redeemClientCredentials",
  schema,
  async redeem(context, { credentials, parameters }) {
    const said = pick(parameters, schema);
    return said instanceof Refused
      ? said
      : redeemClientCredentials(context, {
          credentials,
          scope: said.scope,
          resources: said.resource,
        });
  },
};
