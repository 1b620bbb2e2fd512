import * as z from "zod";
import { actorForm, targetForm } from "../../core/audit/event-parties.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { languages } from "../../core/language.ts";
import { email, flag, personName } from "../fields.ts";
import {
  account,
  cursorText,
  eventCursor,
  eventName,
  limit,
  withBody,
  withoutBody,
  withoutUndefined,
} from "./request-parts.ts";

/** For rows that ask for nothing but a tenant. */
export const ofTenant = withoutBody({}, {}).transform(() => ({}));

export const oneAccount = withoutBody(account, {}).transform(({ params }) => params);

export const accountSearch = withoutBody(
  {},
  {
    email_prefix: z
      .string()
      .max(EMAIL_MAX_LENGTH, { error: `must have at most ${EMAIL_MAX_LENGTH} characters` })
      .optional()
      .describe("How the address begins; every account where it is left out."),
    cursor: cursorText,
    limit,
  },
).transform(({ query: { email_prefix, cursor, limit } }) => ({
  emailPrefix: email_prefix ?? "",
  cursor: cursor ?? null,
  most: limit,
}));

export const accountSessions = withoutBody(account, { limit }).transform(({ params, query }) => ({
  ...params,
  most: query.limit,
}));

export const accountEvents = withoutBody(account, { cursor: eventCursor, limit }).transform(
  ({ params, query }) => ({
    ...params,
    beforeId: query.cursor ?? null,
    most: query.limit,
  }),
);

const role = z.enum(["user", "admin", "superadmin"], {
  error: "must be user, admin or superadmin",
});

export const newAccount = withBody(
  {},
  {
    email,
    name: personName.optional(),
    role: role.default("user"),
    email_verified: flag
      .default(false)
      .describe("Whether it is known to be the person's own. Roles above `user` need it."),
    invite: flag.default(false).describe("Whether a link to set a password is mailed right away."),
    language: z
      .enum(languages, { error: `must be one of ${languages.join(", ")}` })
      .optional()
      .describe("What mails are written in until the person says something else."),
  },
).transform(({ body: { email, name, role, email_verified, invite, language } }) => ({
  email,
  name: name ?? null,
  role,
  isProved: email_verified,
  isInvited: invite,
  language: language ?? null,
}));

export const accountChange = withBody(account, {
  disabled: flag.optional(),
  role: role.optional(),
  name: personName.optional(),
  must_reset_password: flag
    .optional()
    .describe("Whether it can do no more than change its password until it has."),
  zapier: flag.optional().describe("Whether its tokens live as long as automations need them."),
}).transform(({ params, body: { must_reset_password, ...said } }) => {
  const named = { ...said, mustResetPassword: must_reset_password, ...params };
  return withoutUndefined(named);
});

export const oneKey = withoutBody({ keyId: z.string() }, {}).transform(({ params }) => params);

export const tenantEvents = withoutBody(
  {},
  {
    account: z
      .string()
      .regex(targetForm, {
        error: "must be an account's id, client:<id>, tenant:<slug> or webhook:<id>",
      })
      .optional()
      .describe(
        "To whom: an account's id, `client:<id>`, `tenant:<slug>` or `webhook:<id>`; empty for none of them.",
      ),
    actor: z
      .string()
      .regex(actorForm, { error: "must be an account's id, client:<id> or operator" })
      .optional()
      .describe(
        "Who did it: an account's id, `client:<id>` or `operator`; empty for nobody known.",
      ),
    event: eventName.optional().describe("What was done."),
    cursor: eventCursor,
    limit,
  },
).transform(({ query: { account, actor, event, cursor, limit } }) => ({
  accountId: account,
  actorId: actor,
  event,
  beforeId: cursor ?? null,
  most: limit,
}));
