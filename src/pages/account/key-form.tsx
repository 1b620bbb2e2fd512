import { Field } from "../form/field.tsx";
import { type FormProblem, fieldState } from "../form/form-problem.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { Tick } from "../form/tick.tsx";
import { TokenForm } from "../form/token-form.tsx";
import type { Visit } from "../session/visit.ts";
import { ScopeInWords } from "../words/scope-in-words.tsx";
import { KEY_LIVES, KEY_SCOPES, type TypedKey } from "./typed-key.ts";

/** Asks what a new key is for, what it may do, and for how long. */
export function KeyForm({ visit, typed, problems }: KeyFormProps) {
  const { create } = visit.texts.accountKeys;
  return (
    <>
      <h2>{create.title}</h2>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <Field
          label={create.name}
          hint={create.nameHint}
          problems={problems}
          name="name"
          value={typed.name}
          autocomplete="off"
          required
        />
        <fieldset>
          <legend>{create.may}</legend>
          {KEY_SCOPES.map((scope) => (
            <Tick
              id={scope}
              name={scope}
              isTicked={typed.scopes.includes(scope)}
              problems={problems}
            >
              <ScopeInWords texts={visit.texts} scope={scope} />
            </Tick>
          ))}
        </fieldset>
        <label for="life">{create.expires}</label>
        <select id="life" name="life" {...fieldState("life", problems)}>
          {KEY_LIVES.map((life) => (
            <option value={life} selected={typed.life === life}>
              {create.lives[life]}
            </option>
          ))}
        </select>
        <button type="submit">{create.submit}</button>
      </TokenForm>
    </>
  );
}

interface KeyFormProps {
  visit: Visit;
  typed: TypedKey;
  problems: readonly FormProblem[];
}
