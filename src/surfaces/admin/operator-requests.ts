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
import { isReplyTo, isSenderName, SENDER_MAX_LENGTH } from "../../core/mail/letter-texts.ts";
import { LOGO_MAX_BYTES } from "../../core/tenant/brand.ts";
import { examineLogo } from "../../core/tenant/examine-logo.ts";
import { RESERVED_SLUGS, TENANT_SLUG } from "../../core/tenant/slug.ts";
import { flag, scopes } from "../fields.ts";
import {
  cursorText,
  limit,
  text,
  withBody,
  withoutBody,
  withoutUndefined,
} from "./request-parts.ts";

const GRANTS = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  DEVICE_CODE_GRANT,
] as const;
/** Of base64, which has four characters for three bytes. */
const LOGO_TEXT_MAX = Math.ceil(LOGO_MAX_BYTES / 3) * 4;

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
// What exactly is wrong with one is not said: it would be in words of whoever drew it.
const NO_LOGO = `must be a PNG, a WebP or an SVG of shapes alone, of ${LOGO_MAX_BYTES} bytes at most, in base64`;
const logo = text()
  .max(LOGO_TEXT_MAX, { error: NO_LOGO })
  .transform((base64, { issues }) => {
    const bytes = bytesOf(base64);
    const mediaType = bytes && examineLogo(bytes);
    if (typeof mediaType === "string") {
      return { mediaType, base64 };
    }
    issues.push({ code: "custom", message: NO_LOGO, input: base64 });
    return z.NEVER;
  });
const senderName = text()
  .refine(isSenderName, {
    error: `must have 1 to ${SENDER_MAX_LENGTH} plain characters on one line, without <, > and @`,
  })
  .meta({ minLength: 1, maxLength: SENDER_MAX_LENGTH });
const replyTo = text().refine(isReplyTo, { error: "must be an e-mail address" });
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
  brand_logo: logo
    .nullable()
    .optional()
    .describe(
      `A PNG, a WebP or an SVG of shapes, of ${LOGO_MAX_BYTES} bytes at most, in base64 (RFC 4648 §4). What is in it says which; an SVG that could do more than be looked at is refused.`,
    ),
  sender_name: senderName
    .nullable()
    .optional()
    .describe("Before the address that its letters come from."),
  reply_to: replyTo.nullable().optional().describe("Where answers to its letters go."),
}).transform(({ params, body }) => ({
  ...params,
  change: withoutUndefined({
    name: body.name,
    isOpen: body.registration && body.registration === "open",
    brandName: body.brand_name,
    brandColor: body.brand_color,
    brandLogo: body.brand_logo,
    senderName: body.sender_name,
    replyTo: body.reply_to,
  }),
}));

const site = { ...slug, alias: z.string() };

export const oneFrontEnd = withoutBody(site, {}).transform(({ params }) => params);

export const frontEnd = withBody(site, {
  // Whether a mailed token may go there, the operation says.
  url: text()
    .max(LONGEST_URI, { error: `must have at most ${LONGEST_URI} characters` })
    .describe("Where it is: https, or http on a loopback address, without a query."),
}).transform(({ params, body }) => ({ ...params, ...body }));

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

/** Null for what is not base64 to the last bit, without spaces: it would read otherwise elsewhere. */
function bytesOf(base64: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.fromBase64(base64, { lastChunkHandling: "strict" });
    return /\s/.test(base64) ? null : bytes;
  } catch {
    return null;
  }
}

function listOf(issue: string, isOne: (text: string) => boolean) {
  const one = text()
    .max(LONGEST_URI, { error: `must have at most ${LONGEST_URI} characters` })
    .refine(isOne, { error: issue });
  return z
    .array(one, { error: "must be a list of texts" })
    .max(MOST_URIS, { error: `must have at most ${MOST_URIS} entries` });
}
