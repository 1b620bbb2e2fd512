import * as z from "zod";
import { Field } from "./field.tsx";
import type { FormProblem } from "./form-problem.ts";
import type { TypingProblem } from "./typing-problems.ts";

export const NAME_MAX_LENGTH = 200;
const problem = { error: "nameUnreadable" satisfies TypingProblem };

/** A person's name as a form sends it; null where nobody gave one. */
export const personName = z
  .string(problem)
  .trim()
  .max(NAME_MAX_LENGTH, problem)
  .regex(/^\P{Cc}*$/u, problem)
  .transform((name) => name || null)
  .default(null);

/** The field for it, under the name `name`. */
export function NameField({ label, value = "", problems }: NameFieldProps) {
  return <Field label={label} problems={problems} name="name" value={value} autocomplete="name" />;
}

interface NameFieldProps {
  label: string;
  value?: string | undefined;
  /** Of the form that it stands in. */
  problems: readonly FormProblem[];
}
