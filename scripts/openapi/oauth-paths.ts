import type * as z from "zod";
import { paths } from "../../src/oauth/paths.ts";
import type { OAuthReason } from "../../src/oauth/refusal.ts";
import * as shapes from "../../src/oauth/shapes.ts";
import type {
  DocumentedOperation,
  Paths,
  Ref,
  Response,
  Schema,
} from "../../src/reference/types.ts";
import { exampleOf } from "./example.ts";
import { headersOf } from "./headers.ts";
import { authorizeOperations } from "./oauth-authorize.ts";
import { ALWAYS, BEARER, type Endpoint, endpoints, header } from "./oauth-endpoints.ts";
import { oauthRefusals } from "./oauth-refusals.ts";
import { describedOperation } from "./operations.ts";
import { refusalResponses, type Shared } from "./refusals.ts";

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

export interface OAuthContext {
  refOf: (shape: unknown) => Ref;
  schemas: Readonly<Record<string, Schema>>;
  shared: Shared;
}

/** Every endpoint that programs ask, and the one that they send people to. */
export function oauthPaths(context: OAuthContext): Paths {
  const served = Object.entries(endpoints).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, endpoint]) => [method, operation(endpoint, context)]),
    ),
  ]);
  return {
    ...Object.fromEntries(served),
    [paths.deviceWait]: { get: deviceWait(context) },
    "/oauth/authorize": authorizeOperations,
  };
}

function operation(endpoint: Endpoint, context: OAuthContext): DocumentedOperation {
  const {
    id,
    summary,
    description,
    security = [],
    parameters,
    body,
    answer,
    reasons,
    said = [],
  } = endpoint;
  return {
    operationId: `oauth.${id}`,
    summary,
    ...(description && { description }),
    tags: ["OAuth 2.0"],
    security,
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: { required: needsSomething(body.schema), content: bodyContent(body, context) },
    }),
    responses: {
      200: { ...success(answer, context), ...headersOf(said, context.shared) },
      ...refusals(reasons, context, { byBearer: security === BEARER }),
    },
  };
}

/** A client that says who it is by Basic may have nothing else to say. */
function needsSomething({ required = [], oneOf = [] }: Schema): boolean {
  return required.length > 0 || oneOf.some(needsSomething);
}

function bodyContent(body: NonNullable<Endpoint["body"]>, context: OAuthContext) {
  const { schema, json } = body;
  const examples = schema.oneOf
    ? { examples: grantExamples(schema.oneOf, context) }
    : { example: exampleOf(schema, "oauth", context.schemas) };
  return {
    [FORM]: { schema, ...examples },
    ...(json && { [JSON_TYPE]: { schema: inJson(schema), ...examples } }),
  };
}

/** A request for each grant. Who acts for itself has a secret; the others are shown without one. */
function grantExamples(forms: readonly Schema[], { schemas, shared }: OAuthContext) {
  return Object.fromEntries(
    forms.map((form) => {
      const { client_secret: secret, ...asked } = exampleOf(form, "oauth", schemas) as GrantRequest;
      const isOwn = asked.grant_type === "client_credentials";
      const name = asked.grant_type.replace(/^.*:/, "");
      shared.examples[`oauth.token.${name}`] = {
        summary: `${name}, by a client ${isOwn ? "with" : "without"} a secret`,
        value: isOwn ? { ...asked, scope: "orders:read", client_secret: secret } : asked,
      };
      return [name, { $ref: `#/components/examples/oauth.token.${name}` }];
    }),
  );
}

interface GrantRequest {
  grant_type: string;
  client_secret: string;
}

/** What may be there more than once in a form is a list in JSON, or a text where it is one. */
function inJson(schema: Schema): Schema {
  const { oneOf, properties } = schema;
  const lists = Object.entries(properties ?? {}).flatMap(([name, part]) =>
    part.items ? [[name, { anyOf: [part.items, part] }]] : [],
  );
  return {
    ...schema,
    ...(oneOf && { oneOf: oneOf.map(inJson) }),
    ...(properties && { properties: { ...properties, ...Object.fromEntries(lists) } }),
  };
}

function success(answer: z.ZodType | string, { refOf, schemas }: OAuthContext): Response {
  if (typeof answer === "string") {
    return { description: answer };
  }
  const schema = refOf(answer);
  const example = exampleOf(schema, "oauth", schemas);
  return { description: "Done.", content: { [JSON_TYPE]: { schema, example } } };
}

function refusals(
  reasons: readonly OAuthReason[],
  { refOf, shared }: OAuthContext,
  how = { byBearer: false },
) {
  const worded = oauthRefusals(reasons, how);
  return refusalResponses("oauth", refOf(shapes.refusal), worded, shared);
}

/** A WebSocket: what it says is a text, `decided`. */
function deviceWait(context: OAuthContext): DocumentedOperation {
  const reasons = describedOperation("watchDeviceGrant")[1] as OAuthReason[];
  return {
    operationId: "oauth.deviceWait",
    summary: describedOperation("watchDeviceGrant")[0],
    description:
      "Says `decided` once the person has decided; the device then polls. The device code is the second of two subprotocols, because what stands in a URL is kept in logs.",
    tags: ["OAuth 2.0"],
    security: [],
    parameters: [
      header("Upgrade", "websocket", "websocket", true),
      header(
        "Sec-WebSocket-Protocol",
        "The subprotocol and the device code.",
        "latchkey.device-wait, lk_dc_Zm9yIGEgZGV2aWNl",
        true,
      ),
    ],
    responses: {
      101: { description: "The socket is open." },
      426: {
        description: "The request was no WebSocket's.",
        content: { [JSON_TYPE]: { schema: context.refOf(shapes.refusal) } },
      },
      ...refusals([...reasons, "invalid_request", ...ALWAYS], context),
    },
  };
}
