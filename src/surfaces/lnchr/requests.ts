import * as z from "zod";
import { email, newPassword, password, personName, token } from "../fields.ts";
import { from, object, withOneOf } from "../request.ts";

/** Beside a password or a mailed code. */
const secondFactor = { totp_code: token.optional(), recovery_code: token.optional() };

export const firstRegistration = from(
  "body",
  object({ email, password: newPassword, first_name: personName, last_name: personName }).transform(
    ({ first_name, last_name, ...rest }) => ({
      ...rest,
      givenName: first_name,
      familyName: last_name,
    }),
  ),
);

export const credentials = from(
  "body",
  object({ email, password, ...secondFactor }).transform(
    ({ totp_code, recovery_code, ...rest }) => ({
      ...rest,
      code: totp_code,
      recoveryCode: recovery_code,
    }),
  ),
);

export const codeOrder = from(
  "body",
  object({
    email,
    method: z.literal("email", { error: 'must be "email"' }).default("email"),
  }).transform(({ email }) => ({ email })),
);

export const mailedCode = from(
  "body",
  object({ email, code: token, ...secondFactor }).transform(
    ({ totp_code, recovery_code, ...rest }) => ({
      ...rest,
      totpCode: totp_code,
      recoveryCode: recovery_code,
    }),
  ),
);

export const names = from(
  "body",
  object({ first_name: personName.optional(), last_name: personName.optional() }).transform(
    ({ first_name, last_name }) => ({ givenName: first_name, familyName: last_name }),
  ),
);

export const changedPassword = from(
  "body",
  object({ current_password: password, new_password: newPassword }).transform(
    ({ current_password, new_password }) => ({
      currentPassword: current_password,
      newPassword: new_password,
    }),
  ),
);

/** `password` is another name for `new_password`. */
export const initialPassword = from(
  "body",
  withOneOf(
    object({ new_password: newPassword.optional(), password: newPassword.optional() }),
    "new_password",
    "password",
  ).transform(({ new_password, password: alias }) => ({
    password: (new_password ?? alias) as string,
  })),
);

export const newServiceKey = from(
  "body",
  object({
    name: personName,
    expires_at: z.iso
      .datetime({ offset: true, error: "must be an RFC 3339 time" })
      .nullish()
      .describe("In the future. Without it the key does not expire.")
      .transform((value) => (value ? new Date(value) : null)),
  }).transform(({ name, expires_at }) => ({ name, expiresAt: expires_at })),
);

export const serviceKey = from(
  "params",
  z.object({ id: z.string() }).transform(({ id }) => ({ keyId: id })),
);
