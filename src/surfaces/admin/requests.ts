import * as z from "zod";
import { languages } from "../../core/language.ts";
import { email, flag, personName } from "../fields.ts";
import { object } from "../request.ts";

const PAGE_DEFAULT = 50;
const PAGE_MAX = 100;
const CURSOR_MAX_LENGTH = 1024;
const PREFIX_MAX_LENGTH = 254;

/** Read before anything else, where the tenant is looked up. */
const tenant = z
  .string()
  .optional()
  .describe("The tenant's slug; the default tenant where it is left out.");
export const inTenant = z.object({ tenant });
const account = z.object({ accountId: z.string() });

/** For rows that ask for nothing but a tenant. */
export const ofTenant = z.object({ query: inTenant }).transform(() => ({}));

export const oneAccount = z
  .object({ params: account, query: inTenant })
  .transform(({ params }) => params);

/** How many entries a page has, at most. */
const limit = z
  .string()
  .optional()
  .transform((said) => Number(said ?? PAGE_DEFAULT))
  .pipe(
    z
      .int({ error: "must be a whole number" })
      .min(1, { error: "must be at least 1" })
      .max(PAGE_MAX, { error: `must be at most ${PAGE_MAX}` }),
  )
  .describe(`How many, at most: 1 to ${PAGE_MAX}, ${PAGE_DEFAULT} unless said.`);

const cursorText = z
  .string()
  .min(1, { error: "must not be empty" })
  .max(CURSOR_MAX_LENGTH, { error: `must have at most ${CURSOR_MAX_LENGTH} characters` })
  .optional()
  .describe("What the page before said in `next_cursor`.");

/** Events are told apart by ids that are in order of time. */
const eventCursor = z
  .uuid({ error: "must be one that was handed out" })
  .optional()
  .describe("What the page before said in `next_cursor`.");

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

/** What was not said is not there, rather than there and undefined. */
function withoutUndefined<T extends object>(given: T) {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as {
    [K in keyof T as undefined extends T[K] ? never : K]: T[K];
  } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
}
