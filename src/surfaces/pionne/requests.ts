import * as z from "zod";
import { email, password, personName, token } from "../fields.ts";
import { from, object } from "../request.ts";

const CLIENT_TYPES = ["cli", "mobile", "web"];
/** What a client counts as that says nothing, or nothing that is known. */
const DEFAULT_CLIENT_TYPE = "mobile";
/** Sessions are counted from 1. */
const NO_SESSION = 0;

const clientType = z
  .object({ "x-pionne-client": z.string().optional() })
  .transform(({ "x-pionne-client": said = "" }) =>
    CLIENT_TYPES.includes(said) ? said : DEFAULT_CLIENT_TYPE,
  );

const secondFactor = { code: token.optional(), recovery_code: token.optional() };

/** One of the two has to be there; a recovery code is not looked at beside a code. */
function hasEither(given: { code?: string | undefined; recovery_code?: string | undefined }) {
  return given.code !== undefined || given.recovery_code !== undefined;
}
const eitherMissing = { path: ["code"], error: "is required" };

export const registration = z
  .object({ body: object({ email, password, name: personName }), headers: clientType })
  .transform(({ body, headers }) => ({ ...body, clientType: headers }));

export const credentials = z
  .object({ body: object({ email, password }), headers: clientType })
  .transform(({ body, headers }) => ({ ...body, clientType: headers }));

export const secondStep = from(
  "body",
  object({ totp_token: token, ...secondFactor })
    .refine(hasEither, eitherMissing)
    .transform(({ totp_token, code, recovery_code }) => ({
      challengeToken: totp_token,
      code,
      recoveryCode: recovery_code,
    })),
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
  object({ password, ...secondFactor })
    .refine(hasEither, eitherMissing)
    .transform(({ password, code, recovery_code }) => ({
      password,
      code,
      recoveryCode: recovery_code,
    })),
);
