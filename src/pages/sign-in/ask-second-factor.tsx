import type { Context as HttpContext } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../../http/app-env.ts";
import { Field, type FieldProps } from "../form/field.tsx";
import type { FormProblem } from "../form/form-problem.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { PasskeyForm } from "./passkey-form.tsx";
import { passkeyScript } from "./passkey-script.ts";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { signInPath } from "./return-to.ts";

interface Where {
  action: string;
  /** What the step before it brought, to be sent along. */
  hidden: Readonly<Record<string, string>>;
}

interface SecondFactorQuestion extends Where {
  /** What an authenticator is asked; null where no passkey will do. */
  passkeyOptions?: string | null;
  /** What else there is to say to whoever came this way. */
  besides?: Child;
  returnPath: string;
  problem?: FormProblem | undefined;
  status?: ContentfulStatusCode;
}

/**
 * Asks for a code of the app or, where that is lost, for a recovery code: two forms that send either
 * as `code`, so that phones show digits for the one and letters for the other. A passkey's answer comes
 * as `answer`.
 */
export async function askSecondFactor(
  http: HttpContext<AppEnv>,
  { returnPath, problem, status = 200, action, hidden, ...question }: SecondFactorQuestion,
): Promise<Response> {
  const { passkeyOptions, besides } = question;
  await requestOnTheWay(http, returnPath);
  const texts = textsOf(http);
  const { secondFactor } = texts;
  const problems = problem ? [problem] : [];
  const sent = { action, hidden: { ...hidden, return_to: returnPath } };
  return page(
    http,
    {
      title: secondFactor.title,
      hasProblems: problem !== undefined,
      status,
      ...(passkeyOptions && { script: passkeyScript() }),
    },
    <>
      <h1>{secondFactor.title}</h1>
      <ProblemSummary problems={problems} />
      <p>{secondFactor.why}</p>
      <CodeForm
        {...sent}
        id="code"
        problems={problems}
        label={secondFactor.code}
        hint={secondFactor.codeHint}
        submit={secondFactor.submit}
        class="code-field"
        autocomplete="one-time-code"
        inputmode="numeric"
      />
      {passkeyOptions && (
        <PasskeyForm
          {...sent}
          texts={texts}
          asks="get"
          options={passkeyOptions}
          submit={secondFactor.passkey}
          isQuiet
        />
      )}
      <details>
        <summary>{secondFactor.recoveryTitle}</summary>
        <CodeForm
          {...sent}
          id="recovery-code"
          problems={problems}
          label={secondFactor.recoveryCode}
          hint={secondFactor.recoveryHint}
          submit={secondFactor.submit}
          autocomplete="off"
          autocapitalize="none"
        />
      </details>
      {besides}
      <p>
        <a href={signInPath(returnPath)}>{secondFactor.startAgain}</a>
      </p>
    </>,
  );
}

function CodeForm({ action, hidden, submit, ...field }: CodeFormProps) {
  return (
    <form method="post" action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Field {...field} name="code" spellcheck={false} required />
      <button type="submit">{submit}</button>
    </form>
  );
}

interface CodeFormProps extends Where, Omit<FieldProps, "name"> {
  submit: string;
}
