import * as z from "zod";
import { refreshForClient } from "../core/oauth/refresh-for-client.ts";
import { askedFor } from "./asked-for.ts";
import { defineGrant } from "./grant.ts";
import { required } from "./text-parameter.ts";

const TOKEN_MAX_LENGTH = 2048;

/** `refresh_token`. RFC 6749 §6. */
export const refreshTokenGrant = defineGrant({
  operation: "refreshForClient",
  schema: z.object({ refresh_token: required(TOKEN_MAX_LENGTH), ...askedFor }),
  redeem: (context, { credentials, said }) =>
    refreshForClient(context, {
      credentials,
      refreshToken: said.refresh_token,
      scope: said.scope,
      resources: said.resource,
    }),
});
