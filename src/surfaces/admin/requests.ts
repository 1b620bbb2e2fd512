import * as z from "zod";
import { languages } from "../../core/language.ts";
import { email, flag, personName } from "../fields.ts";
import { object } from "../request.ts";
import {
  account,
  cursorText,
  eventCursor,
  inTenant,
  limit,
  withoutUndefined,
} from "./request-parts.ts";

const PREFIX_MAX_LENGTH = 254;

/** For rows that ask for nothing but a tenant. */
export const ofTenant = z.object({ query: inTenant }).transform(() => ({}));

export const oneAccount = z
  .object({ params: account, query: inTenant })
  .transform(({ params }) => params);

export const accountSearch = z
  .object({
    query: inTenant.extend({
      email_prefix: z
        .string()
        .max(PREFIX_MAX_LENGTH, { error: `must have at most ${PREFIX_MAX_LENGTH} characters` })
        .optional()
        .describe("How the address begins; every account where it is left out."),
      cursor: cursorText,
      limit,
    }),
  })
  .transform(({ query: { email_prefix, cursor, limit } }) => ({
    emailPrefix: email_prefix ?? "",
    cursor: cursor ?? null,
    most: limit,
  }));

export const accountSessions = z
  .object({ params: account, query: inTenant.extend({ limit }) })
  .transform(({ params, query }) => ({ ...params, most: query.limit }));

export const accountEvents = z
  .object({ params: account, query: inTenant.extend({ cursor: eventCursor, limit }) })
  .transform(({ params, query }) => ({
    ...params,
    beforeId: query.cursor ?? null,
    most: query.limit,
  }));

const role = z.enum(["user", "admin", "superadmin"], {
  error: "must be user, admin or superadmin",
});

export const newAccount = z
  .object({
    query: inTenant,
    body: object({
      email,
      name: personName.optional(),
      role: role.optional(),
      email_verified: flag
        .optional()
        .describe("Whether it is known to be the person's own. Roles above `user` need it."),
      invite: flag.optional().describe("Whether a link to set a password is mailed right away."),
      language: z
        .enum(languages, { error: `must be one of ${languages.join(", ")}` })
        .optional()
        .describe("What mails are written in until the person says something else."),
    }),
  })
  .transform(({ body: { email, name, role, email_verified, invite, language } }) => ({
    email,
    name: name ?? null,
    role: role ?? ("user" as const),
    isProved: email_verified ?? false,
    isInvited: invite ?? false,
    language: language ?? null,
  }));

export const accountChange = z
  .object({
    params: account,
    query: inTenant,
    body: object({
      disabled: flag.optional(),
      role: role.optional(),
      name: personName.optional(),
      must_reset_password: flag
        .optional()
        .describe("Whether it can do no more than change its password until it has."),
      zapier: flag.optional().describe("Whether its tokens live as long as automations need them."),
    }),
  })
  .transform(({ params, body: { must_reset_password, ...said } }) => {
    const named = { ...said, mustResetPassword: must_reset_password, ...params };
    return withoutUndefined(named);
  });

export const oneKey = z
  .object({ params: z.object({ keyId: z.string() }), query: inTenant })
  .transform(({ params }) => params);

export const tenantEvents = z
  .object({
    query: inTenant.extend({
      account: z.string().max(128).optional().describe("To whom: an account, client or tenant."),
      actor: z.string().max(128).optional().describe("Who did it."),
      event: z.string().max(64).optional().describe("What was done, such as `signed-in`."),
      cursor: eventCursor,
      limit,
    }),
  })
  .transform(({ query: { account, actor, event, cursor, limit } }) => ({
    accountId: account,
    actorId: actor,
    event,
    beforeId: cursor ?? null,
    most: limit,
  }));
