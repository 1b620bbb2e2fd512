import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { PASSWORD_MAX_LENGTH } from "../form/password-field.tsx";

/**
 * What is wrong with passwords as they were typed, by the names of their fields, before any of them is
 * looked at; null for nothing.
 */
export function passwordProblem(
  { fields }: Texts,
  typed: Readonly<Record<string, string>>,
): FormProblem | null {
  const namesWhere = (isWrong: (password: string) => boolean) =>
    Object.keys(typed).filter((name) => isWrong(typed[name] ?? ""));
  const empty = namesWhere((password) => password === "");
  if (empty.length > 0) {
    return inFields(fields.passwordMissing, ...empty);
  }
  const tooLong = namesWhere((password) => password.length > PASSWORD_MAX_LENGTH);
  return tooLong.length > 0
    ? inFields(fill(fields.passwordTooLong, { most: PASSWORD_MAX_LENGTH }), ...tooLong)
    : null;
}
