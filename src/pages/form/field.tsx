import { type FormProblem, fieldState } from "./form-problem.ts";

/** Something to be typed: its label, a hint where there is one, and what is wrong with what was typed. */
export function Field({ label, hint, problems = [], ...input }: FieldProps) {
  const { name, id = name, type = "text" } = input;
  const hintId = `${id}-hint`;
  return (
    <>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      <input {...input} id={id} type={type} {...fieldState(name, problems, hint && hintId)} />
    </>
  );
}

/** Like those of an `<input>`, but for the first. */
export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** Of the form that it stands in. */
  problems?: readonly FormProblem[];
  name: string;
  /** The name, unless that stands twice on a page. */
  id?: string;
  type?: "text" | "email" | "password" | "search";
  class?: "code-field";
  value?: string | undefined;
  autocomplete: string;
  autocapitalize?: "none" | "characters";
  inputmode?: "text" | "numeric";
  spellcheck?: false;
  maxlength?: number;
  required?: true;
}
