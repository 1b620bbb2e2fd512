import { ADMIN_SCOPES } from "../../src/core/admin/admin-scope.ts";
import { paths } from "../../src/oauth/paths.ts";
import type { Components } from "../../src/reference/types.ts";
import { planasonix } from "../../src/surfaces/planasonix/contract.ts";
import { planpoint } from "../../src/surfaces/planpoint/contract.ts";
import { scopes as inWords } from "../../src/texts/en/scopes.ts";

const scopes = Object.fromEntries(ADMIN_SCOPES.map((scope) => [scope, inWords.words[scope]]));
const tokenUrl = paths.token;

/** How callers say who they are. */
export const securitySchemes: Components["securitySchemes"] = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description:
      "An access token of any contract or of OAuth, of the same tenant. Where an API key is taken, it may stand here too.",
  },
  administration: {
    type: "oauth2",
    description:
      "An access token that is held to scopes: a client's own, or one that an administrator gave an app or a device. It takes one of the scopes that are named.",
    flows: {
      clientCredentials: { tokenUrl, scopes },
      authorizationCode: { authorizationUrl: "/oauth/authorize", tokenUrl, scopes },
    },
  },
  planasonixKey: {
    type: "apiKey",
    in: "header",
    name: planasonix.keyHeader,
    description: `An API key, \`${planasonix.terms.keys?.prefix}…\`.`,
  },
  planpoint: {
    type: "apiKey",
    in: "cookie",
    name: planpoint.sessionCookie,
    description: "The cookie of a Planpoint sign-in, from the same origin.",
  },
  page: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-latchkey",
    description: "The cookie of whoever is signed in on the service's own pages.",
  },
  client: {
    type: "http",
    scheme: "basic",
    description:
      "A client's id and secret, form-encoded (RFC 6749 §2.3.1). Or `client_id` and `client_secret` in the body; a public client sends its id alone.",
  },
};
