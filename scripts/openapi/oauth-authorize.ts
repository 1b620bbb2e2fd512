import { MAX_AGE } from "../../src/core/oauth/authorization-request.ts";
import { CHALLENGE } from "../../src/core/pkce.ts";
import { serverMetadata } from "../../src/oauth/metadata.ts";
import {
  type AuthorizationParameter,
  PARAMETER_MAX_BYTES,
} from "../../src/pages/authorize/authorization-parameters.ts";
import type { DocumentedOperation, Method, Parameter, Schema } from "../../src/reference/types.ts";

const FORM = "application/x-www-form-urlencoded";
const HTML = { "text/html": { schema: { type: "string" } } };

/** Request objects are read to be refused alone: OpenID Connect Core §6. */
type Taken = Exclude<AuthorizationParameter, "request" | "request_uri">;

/**
 * All that is read, by what it is called: to forget one does not compile. RFC 6749 §4.1.1, RFC 7636,
 * RFC 8707, OpenID Connect Core §3.1.2.1.
 */
// biome-ignore format: it reads as a table
const ABOUT: Readonly<Record<Taken, readonly [required: boolean, example: string, about: string]>> = {
  response_type:         [true,  "code",             "Codes alone are given."],
  client_id:             [true,  "shop",             "The client."],
  redirect_uri:          [true,  "https://shop.example.test/callback", "Where to answer; compared letter by letter with what is registered."],
  code_challenge:        [true,  "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "SHA-256 of the verifier, in base64url."],
  code_challenge_method: [true,  "S256",             "S256 alone."],
  scope:                 [false, "openid profile",   "All of the client's where it is absent."],
  state:                 [false, "af0ifjsldkj",      "Given back as it came."],
  nonce:                 [false, "n-0S6_WzA2Mj",     "Stands in the ID token."],
  resource:              [false, "https://api.example.test", "Whom the token is for; may be there more than once."],
  prompt:                [false, "login",            "none alone, or login and consent, with a space between two."],
  max_age:               [false, "3600",             "Seconds since the person signed in, at most."],
  login_hint:            [false, "ada@example.test", "Who is expected to sign in."],
  id_token_hint:         [false, "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl", "Who is expected to be there, by an ID token of theirs."],
  response_mode:         [false, "query",            "query alone."],
};
const PARAMETERS = Object.entries(ABOUT) as [Taken, (typeof ABOUT)[Taken]][];

const supported = serverMetadata("");
/** What no other value is taken for. */
const VALUES: Readonly<Partial<Record<Taken, Schema>>> = {
  response_type: { enum: supported.response_types_supported },
  response_mode: { enum: supported.response_modes_supported, default: "query" },
  code_challenge: { pattern: CHALLENGE.source },
  code_challenge_method: { enum: supported.code_challenge_methods_supported },
  max_age: { pattern: MAX_AGE.source },
};

function schemaOf(name: Taken): Schema {
  return { type: "string", maxLength: PARAMETER_MAX_BYTES, ...VALUES[name] };
}

const said = PARAMETERS.map(
  ([name, [required, example, description]]): Parameter => ({
    name,
    in: "query",
    required,
    schema: schemaOf(name),
    description,
    example,
  }),
);

const form: Schema = {
  type: "object",
  properties: Object.fromEntries(
    PARAMETERS.map(([name, [, , description]]) => [name, { ...schemaOf(name), description }]),
  ),
  required: PARAMETERS.filter(([, [required]]) => required).map(([name]) => name),
};

const common = {
  summary: "Ask a person for a code",
  description:
    "For the person's browser: it shows pages, and ends at the redirect URI with a code, or with an error that RFC 6749 §4.1.2.1 names.",
  tags: ["OAuth 2.0"],
  security: [],
};

const LATER = { headers: { "retry-after": { $ref: "#/components/headers/retry-after" } } };

const responses: DocumentedOperation["responses"] = {
  303: {
    description: "To the redirect URI, or to the next page on the way.",
    headers: { location: { description: "Where to.", schema: { type: "string" } } },
  },
  400: {
    description: "A page: nobody knows which client asks, or where to answer.",
    content: HTML,
  },
  403: { description: "A page: the account may not connect an app.", content: HTML },
  429: { description: "A page: too many requests.", ...LATER, content: HTML },
  500: { description: "A page: something went wrong on our side.", content: HTML },
  503: { description: "A page: not possible right now.", ...LATER, content: HTML },
};

/** The authorization endpoint, which is a page. */
export const authorizeOperations: Partial<Record<Method, DocumentedOperation>> = {
  get: {
    operationId: "oauth.authorize",
    ...common,
    parameters: said,
    responses: {
      200: { description: "A page: consent is asked for.", content: HTML },
      ...responses,
    },
  },
  post: {
    operationId: "oauth.authorizeByPost",
    ...common,
    requestBody: {
      required: true,
      content: {
        [FORM]: {
          schema: form,
          example: Object.fromEntries(
            PARAMETERS.filter(([, [required]]) => required).map(([name, [, example]]) => [
              name,
              example,
            ]),
          ),
        },
      },
    },
    responses: {
      ...responses,
      413: { description: "A page: the form is too large.", content: HTML },
      415: { description: "A page: that was no form.", content: HTML },
    },
  },
};
