import * as z from "zod";
import { refreshForClient } from "../core/oauth/refresh-for-client.ts";
import { Refused } from "../core/refused.ts";
import { askedFor } from "./asked-for.ts";
import type { Grant } from "./grant.ts";
import { pick } from "./pick.ts";
import { required } from "./text-parameter.ts";

const TOKEN_MAX_LENGTH = 2048;

const schema = z.object({ refresh_token: required(TOKEN_MAX_LENGTH), ...askedFor });

/** `refresh_token`. RFC 6749 §6. */
export const refreshTokenGrant: Grant = {
  operation: "refreshForClient",
  schema,
  async redeem(context, { credentials, parameters }) {
    const said = pick(parameters, schema);
    return said instanceof Refused
      ? said
      : refreshForClient(context, {
          credentials,
          refreshToken: said.refresh_token,
          scope: said.scope,
          resources: said.resource,
        });
  },
};
