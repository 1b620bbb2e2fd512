import * as z from "zod";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import type { Texts } from "../../texts/texts.ts";
import { Field } from "./field.tsx";
import type { FormProblem } from "./form-problem.ts";
import type { TypingProblem } from "./typing-problems.ts";

const problem = { error: "emailMissing" satisfies TypingProblem };

/** An address as a form sends it. */
export const emailAddress = z
  .string(problem)
  .trim()
  .max(EMAIL_MAX_LENGTH, problem)
  .pipe(z.email(problem));

/** The field for it, under the name `email`. */
export function EmailField({
  texts,
  value = "",
  offersPasskeys = false,
  problems = [],
}: EmailFieldProps) {
  return (
    <Field
      label={texts.fields.email}
      problems={problems}
      name="email"
      type="email"
      value={value}
      autocomplete={offersPasskeys ? "username webauthn" : "username"}
      autocapitalize="none"
      spellcheck={false}
      required
    />
  );
}

interface EmailFieldProps {
  texts: Texts;
  value?: string | undefined;
  /** Whether a browser may offer passkeys here, where a `PasskeyForm` takes them. */
  offersPasskeys?: boolean;
  /** Of the form that it stands in. */
  problems?: readonly FormProblem[];
}
