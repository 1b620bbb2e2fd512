import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { PASSWORD_MAX_LENGTH } from "../password-field.tsx";

/** What is wrong with passwords as they were typed, before any of them is looked at; null for nothing. */
export function passwordProblem({ fields }: Texts, ...typed: readonly string[]): string | null {
  if (typed.includes("")) {
    return fields.passwordMissing;
  }
  const isTooLong = typed.some((password) => password.length > PASSWORD_MAX_LENGTH);
  return isTooLong ? fill(fields.passwordTooLong, { most: PASSWORD_MAX_LENGTH }) : null;
}
