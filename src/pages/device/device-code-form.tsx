import type { Texts } from "../../texts/texts.ts";
import { Field } from "../form/field.tsx";
import type { FormProblem } from "../form/form-problem.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";

/** Longer than any way to type a code. */
export const USER_CODE_MAX_LENGTH = 32;

/** Where a person types the code that the device shows, in any case, with or without the dash. */
export function DeviceCodeForm({ texts, formToken, problem, linked }: DeviceCodeFormProps) {
  const { device, fields } = texts;
  const problems = problem ? [problem] : [];
  return (
    <>
      <h1>{device.title}</h1>
      <ProblemSummary problems={problems} />
      <form method="post" action="/device">
        <input type="hidden" name="csrf" value={formToken} />
        {linked === null && <input type="hidden" name="typed" value="on" />}
        <Field
          label={fields.code}
          hint={device.codeHint}
          problems={problems}
          name="user_code"
          class="code-field"
          inputmode="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxlength={USER_CODE_MAX_LENGTH}
          value={linked ?? ""}
          required
        />
        <button type="submit">{device.continue}</button>
      </form>
    </>
  );
}

interface DeviceCodeFormProps {
  texts: Texts;
  formToken: string;
  problem: FormProblem | null;
  /** The code that a link brought, for the person to compare; null for them to type one. */
  linked: string | null;
}
