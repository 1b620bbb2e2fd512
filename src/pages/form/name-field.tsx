import * as z from "zod";
import { type FormProblem, fieldState } from "./form-problem.ts";
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
  return (
    <>
      <label for="name">{label}</label>
      <input
        id="name"
        name="name"
        type="text"
        value={value}
        autocomplete="name"
        {...fieldState("name", problems)}
      />
    </>
  );
}

interface NameFieldProps {
  label: string;
  value?: string | undefined;
  /** Of the form that it stands in. */
  problems: readonly FormProblem[];
}
