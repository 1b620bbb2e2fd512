import { Field } from "../form/field.tsx";
import type { FormProblem } from "../form/form-problem.ts";

/** A code of an authenticator app as it is typed, with whatever spaces. */
export function typedCode(typed = ""): string | null {
  const compact = typed.replaceAll(/\s/g, "");
  return /^\d{6}$/.test(compact) ? compact : null;
}

/** The field for it, under the name `code`. */
export function CodeField({ label, problems }: CodeFieldProps) {
  return (
    <Field
      label={label}
      problems={problems}
      name="code"
      class="code-field"
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      required
    />
  );
}

interface CodeFieldProps {
  label: string;
  /** Of the form that it stands in. */
  problems: readonly FormProblem[];
}
