import type { Texts } from "../texts/texts.ts";

/**
 * Asks for a code of the app or, where that is lost, for a recovery code: two forms that send either
 * as `code`, so that phones show digits for the one and letters for the other.
 */
export function SecondFactorForms({ texts, ...where }: SecondFactorFormsProps) {
  const { secondFactor } = texts;
  return (
    <>
      <CodeForm
        {...where}
        id="code"
        label={secondFactor.code}
        hint={secondFactor.codeHint}
        submit={secondFactor.submit}
        input={{ autocomplete: "one-time-code", inputmode: "numeric" }}
      />
      <details>
        <summary>{secondFactor.recoveryTitle}</summary>
        <CodeForm
          {...where}
          id="recovery-code"
          label={secondFactor.recoveryCode}
          hint={secondFactor.recoveryHint}
          submit={secondFactor.submit}
          input={{ autocomplete: "off", autocapitalize: "none" }}
        />
      </details>
    </>
  );
}

function CodeForm({ action, hidden, id, label, hint, submit, input }: CodeFormProps) {
  return (
    <form method="post" action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        id={id}
        name="code"
        type="text"
        class="code-field"
        spellcheck={false}
        aria-describedby={`${id}-hint`}
        required
        {...input}
      />
      <button type="submit">{submit}</button>
    </form>
  );
}

interface Where {
  action: string;
  /** What the step before it brought, to be sent along. */
  hidden: Readonly<Record<string, string>>;
}

interface SecondFactorFormsProps extends Where {
  texts: Texts;
}

interface CodeFormProps extends Where {
  id: string;
  label: string;
  hint: string;
  submit: string;
  input: Readonly<Record<string, string>>;
}
