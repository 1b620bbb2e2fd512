import type { Texts } from "../../texts/texts.ts";
import { type FormProblem, fieldState } from "../form/form-problem.ts";
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
        <label for="user_code">{fields.code}</label>
        <p class="hint" id="user_code-hint">
          {device.codeHint}
        </p>
        <input
          class="code-field"
          id="user_code"
          name="user_code"
          type="text"
          inputmode="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxlength={USER_CODE_MAX_LENGTH}
          value={linked ?? ""}
          required
          {...fieldState("user_code", problems, "user_code-hint")}
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
