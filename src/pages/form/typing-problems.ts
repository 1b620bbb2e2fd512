import type * as z from "zod";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { type FormProblem, inFields } from "./form-problem.ts";
import { NAME_MAX_LENGTH } from "./name-field.tsx";
import { PASSWORD_MAX_LENGTH } from "./password-field.tsx";

/** The text that says what is wrong with a field: what the rule for it has as its message. */
export type TypingProblem = keyof Texts["fields"];

const values = { most: PASSWORD_MAX_LENGTH, mostOfName: NAME_MAX_LENGTH };

/** Everything that is wrong with what was typed, in words: into a form or, where it is named, into one field. */
export function typingProblems(
  { fields }: Texts,
  { issues }: z.ZodError,
  field?: string,
): FormProblem[] {
  return issues.map(({ message, path }) =>
    inFields(fill(fields[message as TypingProblem], values), field ?? String(path[0])),
  );
}
