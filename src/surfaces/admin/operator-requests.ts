import * as z from "zod";
import {
  CONTRACT_NAMES,
  isRedirectUri,
  isResource,
  LONGEST_URI,
  MOST_URIS,
} from "../../core/admin/client-rules.ts";
import { DEVICE_CODE_GRANT } from "../../core/client/client.ts";
import { CLIENT_ID } from "../../core/client/client-id.ts";
import { RESERVED_SLUGS, TENANT_SLUG } from "../../core/tenant/slug.ts";
import { flag, scopes } from "../fields.ts";
import { cursorText, limit, withBody, withoutBody, withoutUndefined } from "./request-parts.ts";

const GRANTS = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  DEVICE_CODE_GRANT,
] as const;

/** What is listed by a name of its own goes on after the last one. */
export const list = withoutBody({}, { cursor: cursorText, limit }).transform(({ query }) => ({
  after: query.cursor ?? null,
  most: query.limit,
}));

const slug = { slug: z.string() };
const line = text()
  .regex(/^(?=.*\S)\P{Cc}{1,200}$/u, { error: "must have 1 to 200 characters on one line" })
  .meta({ minLength: 1, maxLength: 200 });
const color = text().regex(/^#[0-9a-fA-F]{6}$/, { error: "must be a colour such as #0b5a54" });
const registration = z
  .enum(["open", "closed"], { error: "must be open or closed" })
  .describe(
    "Whether people make accounts themselves. In an open tenant without accounts whoever registers first through Launcher is its superadmin; a closed one, as a new one is unless it says `open`, is opened only once it has a superadmin.",
  );

export const oneTenant = withoutBody(slug, {}).transform(({ params }) => params);

export const newTenant = withBody(
  {},
  {
    // Whether it is one, the operation says.
    slug: text()
      .describe("The first segment of its paths.")
      .meta({ pattern: TENANT_SLUG.source, not: { enum: [...RESERVED_SLUGS] } }),
    name: line,
    // A stranger could be the first in an open one, before whoever made it.
    registration: registration.default("closed"),
  },
).transform(({ body: { slug, name, registration } }) => ({
  slug,
  name,
  isOpen: registration === "open",
}));

export const tenantChange = withBody(slug, {
  name: line.optional(),
  registration: registration.optional(),
  brand_name: line.nullable().optional().describe("What people read in place of the name."),
  brand_color: color.nullable().optional(),
}).transform(({ params, body: { name, registration, brand_name, brand_color } }) => ({
  ...params,
  change: withoutUndefined({
    name,
    isOpen: registration && registration === "open",
    brandName: brand_name,
    brandColor: brand_color,
  }),
}));

const client = { client: z.string() };
const clientName = line.meta({ examples: ["Living Room"] });
const redirectUris = listOf("must be a redirect URI", isRedirectUri).describe(
  "With `authorization_code`, and not without it: https, http on a loopback address, or an app's own scheme.",
);

export const oneClient = withoutBody(client, {}).transform(({ params }) => ({
  clientId: params.client,
}));

export const newClient = withBody(
  {},
  {
    id: text()
      .regex(CLIENT_ID, {
        error:
          "must be up to 64 letters, digits, dots, dashes and underscores, a letter or digit first",
      })
      .refine((id) => !CONTRACT_NAMES.includes(id), { error: "is the name of a contract" })
      .meta({ not: { enum: [...CONTRACT_NAMES] }, examples: ["living-room"] }),
    name: clientName,
    owner: line.optional().describe("Who makes it, for people to read."),
    grants: z
      .array(z.enum(GRANTS, { error: `must be of ${GRANTS.join(", ")}` }), {
        error: "must be a list of grants",
      })
      .max(GRANTS.length, { error: `must have at most ${GRANTS.length} entries` })
      .describe("`refresh_token` goes on with another one. Without any it can only introspect."),
    scopes: scopes.default([]),
    redirect_uris: redirectUris.default([]),
    resources: listOf("must be a resource", isResource)
      .default([])
      .describe("Absolute URIs without a fragment, of https, http or urn."),
    confidential: flag
      .default(false)
      .describe(
        "Whether it can keep a secret, and gets one. It has to with `client_credentials`, and without any grant.",
      ),
    first_party: flag
      .default(false)
      .describe("Whether nobody has to consent in a browser. Its redirect URIs are https alone."),
    same_place: z
      .enum(["country", "network"], { error: "must be country or network" })
      .optional()
      .describe(
        "What a device and whoever approves it must have in common, with the device code grant.",
      ),
  },
).transform(({ body }) => ({
  client: {
    id: body.id,
    name: body.name,
    owner: body.owner ?? null,
    grants: [...new Set(body.grants)],
    scopes: [...new Set(body.scopes)],
    redirectUris: body.redirect_uris,
    resources: body.resources,
    isConfidential: body.confidential,
    isFirstParty: body.first_party,
    samePlace: body.same_place ?? null,
  },
}));

export const clientChange = withBody(client, {
  name: clientName.optional(),
  owner: line.nullable().optional(),
  scopes: scopes.optional(),
  redirect_uris: redirectUris.optional(),
}).transform(({ params, body: { redirect_uris, ...said } }) => ({
  clientId: params.client,
  change: withoutUndefined({ ...said, redirectUris: redirect_uris }),
}));

function text() {
  return z.string({
    error: ({ input }) => (input === undefined ? "is required" : "must be a text"),
  });
}

function listOf(issue: string, isOne: (text: string) => boolean) {
  const one = text()
    .max(LONGEST_URI, { error: `must have at most ${LONGEST_URI} characters` })
    .refine(isOne, { error: issue });
  return z
    .array(one, { error: "must be a list of texts" })
    .max(MOST_URIS, { error: `must have at most ${MOST_URIS} entries` });
}
