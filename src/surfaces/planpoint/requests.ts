import * as z from "zod";
import { email, flag, password, token } from "../fields.ts";
import { object } from "../request.ts";

const LINE_MAX_LENGTH = 200;
const INVITES_MAX = 50;

/** A missing one is refused like a wrong one. */
const refreshCookie = z
  .object({ planpointRefresh: z.string().default("") })
  .transform(({ planpointRefresh }) => ({ refreshToken: planpointRefresh }));

/** A line of text about oneself; an empty one takes back what was said. */
const text = z
  .string({ error: "must be a text" })
  .max(LINE_MAX_LENGTH, { error: `must have at most ${LINE_MAX_LENGTH} characters` })
  .regex(/^\P{Cc}*$/u, { error: "must not contain control characters" })
  .refine((value) => value.isWellFormed(), { error: "must be well-formed Unicode" })
  .transform((value) => value.trim());

const line = text.exactOptional();

const invites = z
  .array(object({ firstName: text, lastName: text, email, level: text }), {
    error: "must be a list of invites",
  })
  .max(INVITES_MAX, { error: `must have at most ${INVITES_MAX} entries` })
  .exactOptional();

export const credentials = z
  .object({
    body: object({
      username: email,
      password,
      code: token.optional(),
      recoveryCode: token.optional(),
    }),
  })
  .transform(({ body: { username, ...rest } }) => ({ email: username, ...rest }));

export function isImpersonating(sent: unknown): boolean {
  return (sent as { impersonate?: unknown } | null | undefined)?.impersonate === true;
}

export const target = z
  .object({ body: object({ username: email, impersonate: z.literal(true) }) })
  .transform(({ body: { username } }) => ({ email: username }));

export const refreshing = z.object({ cookies: refreshCookie }).transform(({ cookies }) => cookies);

/**
 * What people say about themselves. Whatever else a user object shows grants or bills something
 * (role, projects, groups, administrators, editors, the Stripe fields, trials, experiments) or is proved elsewhere
 * (username, token): it is passed over here like a field that nobody knows.
 */
export const profile = z
  .object({
    body: object({
      name: line,
      lastName: line,
      phone: line,
      companyName: line,
      projectNameURL: line,
      country: line,
      address1: line,
      address2: line,
      city: line,
      region: line,
      zip: line,
      invites,
      preferences: object({
        hideBrandingIcon: flag.exactOptional(),
        hideLoadingLogo: flag.exactOptional(),
      }).optional(),
    }),
  })
  .transform(({ body: { name, lastName, preferences, ...said } }) => ({
    givenName: name,
    familyName: lastName,
    profile: { ...said, ...preferences },
  }));
