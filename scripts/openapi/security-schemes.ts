import type { Components } from "../../src/reference/types.ts";
import { planasonix } from "../../src/surfaces/planasonix/contract.ts";
import { planpoint } from "../../src/surfaces/planpoint/contract.ts";

/** How callers say who they are. */
export const securitySchemes: Components["securitySchemes"] = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description:
      "An access token of any contract or of OAuth, of the same tenant. Where an API key is taken, it may stand here too.",
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
