import * as z from "zod";
import { EMAIL_MAX_LENGTH } from "../core/email-max-length.ts";
import { SHORTEST_PASSWORD } from "../core/password/shortest-password.ts";

/** Past this, a password is refused unread: hashing megabytes is an attack, not a sign-in. */
const PASSWORD_MAX_LENGTH = 1024;
const NAME_MAX_LENGTH = 200;
const TOKEN_MAX_LENGTH = 2048;
const SCOPES_MAX = 50;

/** The fields that contracts share, whatever they call them. Messages follow the field's name. */
export const email = text(EMAIL_MAX_LENGTH)
  .transform((value) => value.trim())
  .pipe(z.email({ error: "must be an e-mail address" }));

/** Never trimmed, never cut (NIST SP 800-63B §3.1.1.2). */
export const password = text(PASSWORD_MAX_LENGTH).min(1, { error: "must not be empty" });

/** One that is about to be set. The operation refuses what is too short or too easy, in words of its own. */
export const newPassword = password
  .describe(
    "Counted in NFKC. `PASSWORD_MIN_LENGTH` may ask for more; a common one, and one's own name or address, is refused.",
  )
  .meta({ minLength: SHORTEST_PASSWORD });

export const personName = text(NAME_MAX_LENGTH)
  .transform((value) => value.trim())
  .pipe(
    z
      .string()
      .min(1, { error: "must not be empty" })
      .regex(/^\P{Cc}*$/u, { error: "must not contain control characters" }),
  )
  .describe("On one line. Spaces around it are taken off.");

/** A token or code as it was handed out: opaque here. */
export const token = text(TOKEN_MAX_LENGTH).min(1, { error: "must not be empty" });

/** RFC 6749 §3.3. */
export const scopes = z
  .array(
    z
      .string({ error: "must be a list of texts" })
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, { error: "must be a scope" }),
    { error: "must be a list of texts" },
  )
  .max(SCOPES_MAX, { error: `must have at most ${SCOPES_MAX} entries` });

export const flag = z.boolean({ error: "must be true or false" });

function text(maxLength: number) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a text") })
    .max(maxLength, { error: `must have at most ${maxLength} characters` })
    .refine((value) => value.isWellFormed(), { error: "must be well-formed Unicode" });
}
