import * as z from "zod";
import { email, newPassword, password, personName, token } from "../fields.ts";
import { from, object, withOneOf } from "../request.ts";

const CLIENT_TYPES = ["cli", "mobile", "web"];
/** What a client counts as that says nothing, or nothing that is known. */
const DEFAULT_CLIENT_TYPE = "mobile";
/** Sessions are counted from 1. */
const NO_SESSION = 0;

const clientType = z
  .object({ "x-pionne-client": z.string().default(DEFAULT_CLIENT_TYPE) })
  .transform(({ "x-pionne-client": said }) =>
    CLIENT_TYPES.includes(said) ? said : DEFAULT_CLIENT_TYPE,
  );

/** A recovery code is not looked at beside a code. */
const secondFactor = { code: token.optional(), recovery_code: token.optional() };

export const registration = z
  .object({ body: object({ email, password: newPassword, name: personName }), headers: clientType })
  .transform(({ body, headers }) => ({ ...body, clientType: headers }));

export const credentials = z
  .object({ body: object({ email, password }), headers: clientType })
  .transform(({ body, headers }) => ({ ...body, clientType: headers }));

export const secondStep = from(
  "body",
  withOneOf(object({ totp_token: token, ...secondFactor }), "code", "recovery_code").transform(
    ({ totp_token, code, recovery_code }) => ({
      challengeToken: totp_token,
      code,
      recoveryCode: recovery_code,
    }),
  ),
);

/** What is no number of a session is the number of none. */
export const otherToken = from(
  "params",
  z.object({ id: z.string() }).transform(({ id }) => ({
    number: /^\d{1,15}$/.test(id) ? Number(id) : NO_SESSION,
  })),
);

export const enrolment = from("body", object({ password }));

export const code = from("body", object({ code: token }));

export const disabling = from(
  "body",
  withOneOf(object({ password, ...secondFactor }), "code", "recovery_code").transform(
    ({ password, code, recovery_code }) => ({ password, code, recoveryCode: recovery_code }),
  ),
);
