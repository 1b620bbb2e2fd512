import * as z from "zod";
import { email, password, newPassword as passwordToSet, personName, token } from "../fields.ts";
import { from, object } from "../request.ts";

/** D1 takes a hundred parameters to a statement. */
const LISTED_SESSIONS_MAX = 50;

const uuid = z.guid({ error: "must be a UUID" }).transform((value) => value.toLowerCase());

const secondFactor = { totpCode: token.optional(), recoveryCode: token.optional() };

const name = personName.pipe(
  z
    .string()
    .min(2, { error: "must have at least 2 characters" })
    .max(50, { error: "must have at most 50 characters" }),
);

/**
 * What a client would like its mails to look like. It is checked and not used: an anonymous
 * caller's words and pictures do not go into a stranger's mail.
 */
const branding = {
  brandLogoUrl: token
    .pipe(
      z.url({
        protocol: z.regexes.httpProtocol,
        hostname: z.regexes.domain,
        error: "must be a URL with protocol and top-level domain",
      }),
    )
    .nullish()
    .describe("`http` or `https`, with a top-level domain. Checked, and not used."),
  platformName: personName.nullish().describe("Checked, and not used."),
};

const endpoint = token
  .pipe(z.url({ protocol: z.regexes.httpProtocol, error: "must be a URL with protocol" }))
  .describe("`http` or `https`: one of the sites that `GET /auth/clientAliases` lists.");

export const credentials = from("body", object({ email, password, ...secondFactor })).transform(
  ({ totpCode, ...others }) => ({ ...others, code: totpCode }),
);

export const refreshToken = from("body", object({ refreshToken: token }));

/** A list that is empty asks for the same as none: to sign out and stay signed in is nobody's wish. */
export const leaving = from(
  "body",
  object({
    sessions: z
      .array(uuid, { error: "must be a list of UUIDs" })
      .max(LISTED_SESSIONS_MAX, { error: `must have at most ${LISTED_SESSIONS_MAX} entries` })
      .nullish()
      .describe("Which to end; the one that asks, where none is listed."),
  }).optional(),
).transform((body) => ({ listed: body?.sessions?.length ? body.sessions : null }));

export const forgottenPassword = from(
  "body",
  object({ email, endpoint: endpoint.nullish(), clientAlias: token.nullish(), ...branding }),
).transform(({ email, endpoint, clientAlias }) => ({ email, endpoint, clientAlias }));

/** Whatever stands in the path is compared with the link's address: one answer for all that is not it. */
export const newPassword = z
  .object({
    params: z.object({ email: z.string() }),
    body: object({ password: passwordToSet, token }),
  })
  .transform(({ params, body }) => ({ ...body, email: params.email }));

export const replacedPassword = from(
  "body",
  object({ email, oldPassword: password, newPassword: passwordToSet, ...secondFactor }),
).transform(({ totpCode, ...others }) => ({ ...others, code: totpCode }));

export const ofUser = from("params", z.object({ userId: uuid })).transform(({ userId }) => ({
  accountId: userId,
}));

export const ofSession = from("params", z.object({ sessionId: uuid }));

export const unprovedAddress = z
  .object({
    body: object({ email, ...branding }),
    query: z.object({ clientAlias: token.optional() }),
  })
  .transform(({ body, query }) => ({ email: body.email, clientAlias: query.clientAlias }));

export const mailedCode = from("query", z.object({ email, verificationCode: token })).transform(
  ({ email, verificationCode }) => ({ email, code: verificationCode }),
);

export const registration = from(
  "body",
  object({ email, password: passwordToSet, firstName: name, lastName: name }),
).transform(({ firstName, lastName, ...others }) => ({
  ...others,
  givenName: firstName,
  familyName: lastName,
}));
