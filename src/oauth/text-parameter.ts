import * as z from "zod";

/** A parameter that has to be there, as text. Messages follow its name. */
export function required(maxLength: number) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a text") })
    .max(maxLength, { error: `must have at most ${maxLength} characters` })
    .regex(/^\P{Cc}*$/u, { error: "must have no control characters" })
    .refine((text) => text.isWellFormed(), { error: "must be well-formed Unicode" });
}

/** The same, null where it is not there. */
export function optional(maxLength: number) {
  return required(maxLength)
    .optional()
    .transform((text) => text ?? null);
}
