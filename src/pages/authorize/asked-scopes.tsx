import type { Texts } from "../../texts/texts.ts";
import { Tick } from "../form/tick.tsx";
import { ResourceInWords } from "../words/resource-in-words.tsx";
import { ScopeInWords } from "../words/scope-in-words.tsx";
import { scopeField } from "./chosen-scopes.ts";

/** Who signs in to an app lets it know who they are, and its registration says for how long. */
const NEVER_A_CHOICE: readonly string[] = ["openid", "offline_access"];

/**
 * What is asked for, in words and with a tick that can be taken away, and for which resources where
 * it is not for this service alone. A part of a form.
 */
export function AskedScopes(props: AskedScopesProps) {
  const { texts, asked, shown = asked, resources, ticked = null, isChoice } = props;
  const isOptional = (scope: string) => isChoice && !NEVER_A_CHOICE.includes(scope);
  const sorted = shown.toSorted((a, b) => Number(isOptional(a)) - Number(isOptional(b)));
  return (
    <fieldset>
      <legend>{texts.scopes.asksTo}</legend>
      {asked.some(isOptional) && <p class="hint">{texts.scopes.untick}</p>}
      <ul class="ticks">
        {shown.length === 0 && <li>{texts.scopes.nothing}</li>}
        {sorted.map((scope, index) => (
          <li>
            {isOptional(scope) ? (
              <Tick
                id={`scope-${index}`}
                name={scopeField(scope)}
                isTicked={ticked?.includes(scope) ?? true}
              >
                <ScopeInWords texts={texts} scope={scope} />
              </Tick>
            ) : (
              <ScopeInWords texts={texts} scope={scope} />
            )}
          </li>
        ))}
        {resources.map((resource) => (
          <li>
            <ResourceInWords texts={texts} resource={resource} />
          </li>
        ))}
      </ul>
      {asked
        .filter((scope) => !isOptional(scope))
        .map((scope) => (
          <input type="hidden" name={scopeField(scope)} value="on" />
        ))}
    </fieldset>
  );
}

interface AskedScopesProps {
  texts: Texts;
  asked: readonly string[];
  /** What the person reads, where that is not what was asked for. */
  shown?: readonly string[];
  resources: readonly string[];
  /** What was left ticked the last time; null before the first. */
  ticked?: readonly string[] | null;
  /** Whether anything can be granted at all. */
  isChoice: boolean;
}
