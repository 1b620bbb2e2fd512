import * as z from "zod";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { Field } from "./field.tsx";
import type { FormProblem } from "./form-problem.ts";
import type { TypingProblem } from "./typing-problems.ts";

/** Past this, a password is refused unread: hashing megabytes is an attack, not a sign-in. */
export const PASSWORD_MAX_LENGTH = 1024;
const missing = { error: "passwordMissing" satisfies TypingProblem };
const tooLong = { error: "passwordTooLong" satisfies TypingProblem };

/** A new password as a form sends it. Whether it is good enough, the core says. */
export const newPassword = z.string(missing).max(PASSWORD_MAX_LENGTH, tooLong);

/** A password that somebody has. */
export const currentPassword = newPassword.min(1, missing);

/**
 * A password to be typed. There is no `maxlength`: a browser would cut what is pasted without a
 * word (NIST SP 800-63B §3.1.1.2). No value either: a password is never put back.
 */
export function PasswordField({ name = "password", ...field }: PasswordFieldProps) {
  return <Field {...field} name={name} type="password" required />;
}

/** A new one, with how long it has to be. */
export function NewPasswordField({ texts, least, label, problems }: NewPasswordFieldProps) {
  const { fields } = texts;
  return (
    <PasswordField
      label={label ?? fields.newPassword}
      hint={fill(fields.passwordHint, { least })}
      autocomplete="new-password"
      problems={problems}
    />
  );
}

interface NewPasswordFieldProps {
  texts: Texts;
  /** Characters that it needs. */
  least: number;
  /** Where nobody has another password yet. */
  label?: string;
  /** Of the form that it stands in. */
  problems: readonly FormProblem[];
}

interface PasswordFieldProps {
  name?: string;
  label: string;
  hint?: string;
  autocomplete: "current-password" | "new-password";
  /** Of the form that it stands in. */
  problems?: readonly FormProblem[];
}
