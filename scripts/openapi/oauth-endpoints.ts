import * as z from "zod";
import { credentialsInBody } from "../../src/oauth/client-authentication.ts";
import { deviceRequest } from "../../src/oauth/device-authorization.ts";
import { paths } from "../../src/oauth/paths.ts";
import { MAX_WAIT_SECONDS } from "../../src/oauth/prefer-wait.ts";
import { tokenRequest } from "../../src/oauth/presented-token.ts";
import type { OAuthReason } from "../../src/oauth/refusal.ts";
import * as shapes from "../../src/oauth/shapes.ts";
import { grants } from "../../src/oauth/token.ts";
import type { DocumentedOperation, Parameter, Schema } from "../../src/reference/types.ts";
import { describedOperation } from "./operations.ts";
import { policyReasonsOf } from "./reasons.ts";
import { requestSchema } from "./schemas.ts";

/** An endpoint that programs ask, as the standard has it. */
export interface Endpoint {
  id: string;
  summary: string;
  description?: string;
  /** Absent where nobody has to say who they are. */
  security?: DocumentedOperation["security"];
  parameters?: Parameter[];
  /** What is sent, and whether it may be sent as JSON too. */
  body?: { schema: Schema; json?: boolean };
  /** What is answered; a text for an answer without content. */
  answer: z.ZodType | string;
  /** Headers that any answer may have. */
  said?: readonly string[];
  reasons: readonly OAuthReason[];
}

/** By Basic, or in the body: by id and secret, or by the id of a client that has none. RFC 6749 §2.3.1. */
const CLIENT = [{ client: [] }, {}];
const CLIENT_WITH_SECRET = [{ client: [] }];
export const BEARER = [{ bearer: [] }];
export const ALWAYS = ["unavailable", "internal"] as const;
const WITH_BODY = ["invalid_request", "body_too_large", ...ALWAYS] as const;

const { client_id, client_secret } = credentialsInBody.shape;
const credentials = {
  client_id: client_id.describe("Has to be there, unless Basic is used."),
  client_secret: client_secret.describe("Of a client that has one, unless Basic is used."),
};
const about = requestSchema(z.object({ ...tokenRequest.shape, ...credentials }));

/** Every grant reads its own parameters: `grant_type` says which. */
const tokenBody: Schema = {
  oneOf: [...grants].map(([type, { operation, schema }]) => ({
    ...requestSchema(z.object({ grant_type: z.literal(type), ...schema.shape, ...credentials })),
    description: `${describedOperation(operation)[0]}.`,
  })),
};

const tokenReasons = [...grants.values()].flatMap(({ operation }) => [
  ...describedOperation(operation)[1],
]) as OAuthReason[];

const userInfo: Omit<Endpoint, "id"> = {
  summary: describedOperation("userInfo")[0],
  description: "OpenID Connect Core §5.3. The token comes in the header alone.",
  security: BEARER,
  answer: shapes.userInfo,
  reasons: [
    "unauthenticated",
    "access_token_invalid",
    ...(policyReasonsOf("userInfo") as OAuthReason[]),
  ],
};

/** By path and method. The WebSocket and the page are told of elsewhere. */
export const endpoints: Readonly<Record<string, Partial<Record<"get" | "post", Endpoint>>>> = {
  [paths.token]: {
    post: {
      id: "token",
      summary: "Get tokens for a code, a device code, a refresh token, or a client itself",
      description:
        "RFC 6749 §3.2, RFC 8628 §3.4. A device polls every `interval` seconds, and five seconds slower after each `slow_down`. `Prefer: wait=N` holds a device's poll until the person decides. A poll that repeats its `Idempotency-Key` is given its lost answer again.",
      security: CLIENT,
      parameters: [
        header(
          "Prefer",
          `For how many seconds a device's poll may wait (RFC 7240): ${MAX_WAIT_SECONDS} at most.`,
          `wait=${MAX_WAIT_SECONDS}`,
        ),
        header("Idempotency-Key", "A key of a device's poll, 1 to 255 visible characters.", "k1"),
      ],
      body: { schema: tokenBody, json: true },
      answer: shapes.token,
      said: ["preference-applied"],
      reasons: [...tokenReasons, "grant_type_unknown", ...WITH_BODY],
    },
  },
  [paths.deviceAuthorization]: {
    post: {
      ...own("authorizeDevice", "deviceAuthorization"),
      description: "RFC 8628 §3.1. The person enters the user code at `/device`.",
      security: CLIENT,
      body: {
        schema: requestSchema(z.object({ ...deviceRequest.shape, ...credentials })),
        json: true,
      },
      answer: shapes.deviceAuthorization,
    },
  },
  [paths.revoke]: {
    post: {
      ...own("revokeToken", "revoke"),
      description: "RFC 7009. A token that is none is as it should be.",
      security: CLIENT,
      body: { schema: about },
      answer: "Whatever it was, it is none now.",
    },
  },
  [paths.introspect]: {
    post: {
      ...own("introspect", "introspect"),
      description: "RFC 7662. Nothing at all is told about a token that is no good.",
      security: CLIENT_WITH_SECRET,
      body: { schema: about },
      answer: shapes.introspection,
    },
  },
  [paths.userInfo]: {
    get: { ...userInfo, id: "userInfo", reasons: [...userInfo.reasons, ...WITH_BODY] },
    post: { ...userInfo, id: "userInfoByPost", reasons: [...userInfo.reasons, ...WITH_BODY] },
  },
  [paths.serverMetadata]: {
    get: {
      id: "serverMetadata",
      summary: "What a client has to know of this server (RFC 8414)",
      answer: shapes.metadata,
      reasons: ALWAYS,
    },
  },
  [paths.providerMetadata]: {
    get: {
      id: "providerMetadata",
      summary: "The same for OpenID Connect",
      answer: shapes.metadata,
      reasons: ALWAYS,
    },
  },
  [paths.jwks]: {
    get: {
      id: "jwks",
      summary: "The public keys of the access tokens (RFC 7517)",
      answer: shapes.jwks,
      reasons: ALWAYS,
    },
  },
};

function own(operation: "authorizeDevice" | "revokeToken" | "introspect", id: string) {
  const [summary, reasons] = describedOperation(operation);
  return { id, summary, reasons: [...(reasons as OAuthReason[]), ...WITH_BODY] };
}

export function header(
  name: string,
  description: string,
  example: string,
  required = false,
): Parameter {
  return { name, in: "header", required, schema: { type: "string" }, description, example };
}
