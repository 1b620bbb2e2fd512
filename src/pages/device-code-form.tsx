import { ProblemSummary } from "./problem-summary.tsx";

/** Where a person types the code that the device shows, in any case, with or without the dash. */
export function DeviceCodeForm({ formToken, problem, typed }: DeviceCodeFormProps) {
  return (
    <>
      <h1>Connect a device</h1>
      <ProblemSummary problems={problem ? [problem] : []} />
      <form method="post" action="/device">
        <input type="hidden" name="csrf" value={formToken} />
        <label for="user_code">Code</label>
        <p class="hint" id="user_code-hint">
          Your device shows eight letters, such as BCDF-GHJK.
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
          maxlength={32}
          value={typed}
          required
          aria-describedby="user_code-hint"
        />
        <button type="submit">Continue</button>
      </form>
    </>
  );
}

interface DeviceCodeFormProps {
  formToken: string;
  problem: string | null;
  /** What the field holds already. */
  typed: string;
}
