import * as z from "zod";
import {
  CONTRACT_NAMES,
  isClientId,
  isRedirectUri,
  isResource,
} from "../../core/admin/client-rules.ts";
import { DEVICE_CODE_GRANT } from "../../core/client.ts";
import { flag, scopes } from "../fields.ts";
import { object } from "../request.ts";
import { cursorText, inTenant, limit, withoutUndefined } from "./request-parts.ts";

const GRANTS = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  DEVICE_CODE_GRANT,
] as const;
const LIST_MAX = 20;

/** What is listed by a name of its own goes on after the last one. */
export const list = z
  .object({ query: inTenant.extend({ cursor: cursorText, limit }) })
  .transform(({ query }) => ({ after: query.cursor ?? null, most: query.limit }));

const slug = z.object({ slug: z.string() });
const line = text("must have 1 to 200 characters on one line", /^(?=.*\S)\P{Cc}{1,200}$/u);
const color = text("must be a colour such as #0b5a54", /^#[0-9a-f]{6}$/i);
const registration = z
  .enum(["open", "closed"], { error: "must be open or closed" })
  .describe(
    "Whether people make accounts themselves. In an open tenant without accounts whoever registers first through Launcher is its superadmin; a closed one, as a new one is unless it says `open`, is opened only once it has a superadmin.",
  );

export const oneTenant = z
  .object({ params: slug, query: inTenant })
  .transform(({ params }) => params);

export const newTenant = z
  .object({
    query: inTenant,
    body: object({
      slug: text("must be a text", /^/).describe("The first segment of its paths."),
      name: line,
      registration: registration.optional(),
    }),
  })
  .transform(({ body: { slug, name, registration } }) => ({
    slug,
    name,
    // A stranger could be the first in an open one, before whoever made it.
    isOpen: registration === "open",
  }));

export const tenantChange = z
  .object({
    params: slug,
    query: inTenant,
    body: object({
      name: line.optional(),
      registration: registration.optional(),
      brand_name: line.nullable().optional().describe("What people read in place of the name."),
      brand_color: color.nullable().optional(),
    }),
  })
  .transform(({ params, body: { name, registration, brand_name, brand_color } }) => ({
    ...params,
    change: withoutUndefined({
      name,
      isOpen: registration && registration === "open",
      brandName: brand_name,
      brandColor: brand_color,
    }),
  }));

const client = z.object({ client: z.string() }).transform(({ client }) => ({ clientId: client }));
const redirectUris = listOf("must be a redirect URI", isRedirectUri);

export const oneClient = z
  .object({ params: client, query: inTenant })
  .transform(({ params }) => params);

export const newClient = z
  .object({
    query: inTenant,
    body: object({
      id: text("must be a client's id", /^/)
        .refine(isClientId, {
          error:
            "must be up to 64 letters, digits, dots, dashes and underscores, a letter or digit first",
        })
        .refine((id) => !CONTRACT_NAMES.includes(id), { error: "is the name of a contract" }),
      name: line,
      owner: line.optional().describe("Who makes it, for people to read."),
      grants: z
        .array(z.enum(GRANTS, { error: `must be of ${GRANTS.join(", ")}` }), {
          error: "must be a list of grants",
        })
        .max(GRANTS.length, { error: `must have at most ${GRANTS.length} entries` }),
      scopes: scopes.optional(),
      redirect_uris: redirectUris.optional(),
      resources: listOf("must be a resource", isResource).optional(),
      confidential: flag.optional().describe("Whether it can keep a secret, and gets one."),
      first_party: flag.optional().describe("Whether nobody has to consent in a browser."),
      same_place: z
        .enum(["country", "network"], { error: "must be country or network" })
        .optional()
        .describe("What a device and whoever approves it must have in common."),
    }),
  })
  .transform(({ body }) => ({
    client: {
      id: body.id,
      name: body.name,
      owner: body.owner ?? null,
      grants: [...new Set(body.grants)],
      scopes: [...new Set(body.scopes ?? [])],
      redirectUris: body.redirect_uris ?? [],
      resources: body.resources ?? [],
      isConfidential: body.confidential ?? false,
      isFirstParty: body.first_party ?? false,
      samePlace: body.same_place ?? null,
    },
  }));

export const clientChange = z
  .object({
    params: client,
    query: inTenant,
    body: object({
      name: line.optional(),
      owner: line.nullable().optional(),
      scopes: scopes.optional(),
      redirect_uris: redirectUris.optional(),
    }),
  })
  .transform(({ params, body: { redirect_uris, ...said } }) => ({
    ...params,
    change: withoutUndefined({ ...said, redirectUris: redirect_uris }),
  }));

function text(issue: string, form: RegExp) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a text") })
    .max(2048, { error: "must have at most 2048 characters" })
    .regex(form, { error: issue });
}

function listOf(issue: string, isOne: (text: string) => boolean) {
  const one = text(issue, /^/).refine(isOne, { error: issue });
  return z
    .array(one, { error: "must be a list of texts" })
    .max(LIST_MAX, { error: `must have at most ${LIST_MAX} entries` });
}
