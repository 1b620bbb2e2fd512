import * as z from "zod";
import {
  email,
  flag,
  password,
  newPassword as passwordToSet,
  personName,
  scopes,
  token,
} from "../fields.ts";
import { from, object, withOneOf } from "../request.ts";

export const credentials = from("body", object({ email, password }));

export const secondFactor = from(
  "body",
  withOneOf(
    object({ mfaToken: token, code: token.optional(), recoveryCode: token.optional() }),
    "code",
    "recoveryCode",
  ).transform(({ mfaToken, ...given }) => ({ challengeToken: mfaToken, ...given })),
);

export const refreshToken = from("body", object({ refreshToken: token }));

export const registration = from(
  "body",
  object({ email, password: passwordToSet, name: personName }),
);

export const forgottenPassword = from("body", object({ email }));

export const newPassword = from("body", object({ token, password: passwordToSet }));

export const mailedToken = from("body", object({ token }));

export const deviceStart = from(
  "body",
  object({ clientId: token, scopes: scopes.optional() }).transform(
    ({ clientId, scopes = null }) => ({ clientId, scopes }),
  ),
);

export const devicePoll = from("body", object({ deviceCode: token, clientId: token }));

export const deviceDecision = from(
  "body",
  object({
    userCode: token,
    approve: flag.default(true).describe("`false` denies."),
    scopes: scopes
      .optional()
      .describe("Some of those that were asked for; all of them where it is left out."),
  }).transform(({ userCode, approve, scopes = null }) => ({ userCode, approve, scopes })),
);

const timezone = token.pipe(
  z.string().refine(isTimezone, { error: "must be an IANA time zone, such as Europe/Vienna" }),
);

const locale = token
  .pipe(z.string().refine(isLocale, { error: "must be a BCP 47 language tag, such as de-AT" }))
  .transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag);

export const profile = from(
  "body",
  object({
    display_name: personName.optional(),
    timezone: timezone.optional().describe("An IANA time zone, such as `Europe/Vienna`."),
    locale: locale.optional().describe("A BCP 47 language tag, such as `de-AT`."),
  }).transform(({ display_name, timezone, locale }) => ({
    name: display_name,
    profile: {
      ...(timezone !== undefined && { timezone }),
      ...(locale !== undefined && { locale }),
    },
  })),
);

export const passwordChange = from(
  "body",
  object({ current_password: password, new_password: passwordToSet }).transform(
    ({ current_password, new_password }) => ({
      currentPassword: current_password,
      newPassword: new_password,
    }),
  ),
);

export const enrolment = from(
  "body",
  object({ method: z.literal("totp", { error: "must be totp" }) }).transform(() => ({})),
);

export const confirmation = from(
  "body",
  object({ enrollment_id: token, code: token }).transform(({ enrollment_id, code }) => ({
    enrolmentId: enrollment_id,
    code,
  })),
);

export const disabling = from("body", object({ password, code: token }));

const expiry = z.iso
  .datetime({ offset: true, error: "must be a time, such as 2030-01-31T12:00:00Z" })
  .transform((text) => new Date(text));

export const key = from(
  "body",
  object({
    name: personName,
    scopes,
    expires_at: expiry.nullish().describe("In the future. Without it the key does not expire."),
  }).transform(({ name, scopes, expires_at }) => ({ name, scopes, expiresAt: expires_at ?? null })),
);

export const keyId = from(
  "params",
  object({ id: z.string() }).transform(({ id }) => ({ keyId: id })),
);

/** An offset such as `+01:00` is taken by Intl too, but is no zone: it knows no summer. */
function isTimezone(name: string): boolean {
  return (
    /^[A-Za-z]/.test(name) && isAccepted(() => new Intl.DateTimeFormat("en", { timeZone: name }))
  );
}

function isLocale(tag: string): boolean {
  return isAccepted(() => Intl.getCanonicalLocales(tag));
}

function isAccepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
