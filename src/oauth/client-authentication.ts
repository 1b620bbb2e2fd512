import type { HonoRequest } from "hono";
import * as z from "zod";
import type { ClientCredentials } from "../core/oauth/authenticate-client.ts";
import { Refused } from "../core/refused.ts";
import { formDecoded } from "./form.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import type { Parameters } from "./parameters.ts";
import { pick } from "./pick.ts";
import { optional } from "./text-parameter.ts";

const CREDENTIAL_MAX_LENGTH = 1024;
export const credentialsInBody = z.object({
  client_id: optional(CREDENTIAL_MAX_LENGTH),
  client_secret: optional(CREDENTIAL_MAX_LENGTH),
  client_assertion: z.unknown(),
});
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;

type Refusal = Refused<"invalid_request" | "client_unauthenticated">;

/**
 * How a client says who it is: by Basic, by id and secret in the body, or by its id alone. Two ways at
 * once are refused, and so is an assertion, which nobody here could check. RFC 6749 §2.3.1.
 */
export function readClientCredentials(
  request: HonoRequest,
  parameters: Parameters,
): ClientCredentials | Refusal {
  const said = pick(parameters, credentialsInBody);
  if (said instanceof Refused) {
    return said;
  }
  if (said.client_assertion !== undefined) {
    return new Refused("client_unauthenticated");
  }
  const { client_id: clientId, client_secret: secret } = said;
  const header = request.header("authorization");
  if (header !== undefined) {
    return byHeader(header, { clientId, secret });
  }
  return clientId === null ? invalidParameter("client_id", "is required") : { clientId, secret };
}

function byHeader(
  header: string,
  inBody: { clientId: string | null; secret: string | null },
): ClientCredentials | Refusal {
  if (!/^Basic(?: |$)/i.test(header)) {
    return new Refused("client_unauthenticated");
  }
  const credentials = readBasic(header);
  if (!credentials) {
    return new Refused("client_unauthenticated");
  }
  if (inBody.secret !== null) {
    return invalidParameter("client_secret", "must not be there beside an Authorization header");
  }
  return inBody.clientId === null || inBody.clientId === credentials.clientId
    ? credentials
    : invalidParameter("client_id", "must be the one of the Authorization header");
}

/** Id and secret are form-encoded within. An empty secret is none. Null for what cannot be read. */
function readBasic(header: string): ClientCredentials | null {
  try {
    const bytes = Uint8Array.fromBase64(header.match(BASIC)?.[1] ?? "");
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    const [id = "", ...secret] = text.split(":");
    const clientId = formDecoded(id);
    return clientId !== "" && secret.length > 0
      ? { clientId, secret: formDecoded(secret.join(":")) || null }
      : null;
  } catch {
    return null;
  }
}
