import { ForeignText } from "./foreign-text.tsx";
import { ScopeInWords } from "./scope-in-words.tsx";

const RESOURCE_MAX_LENGTH = 120;

/** What is asked for, in words, and for which resources where it is not for this service alone. */
export function AskedScopes({ scopes, resources }: AskedScopesProps) {
  return (
    <ul>
      {scopes.length === 0 && <li>Sign in, and nothing else</li>}
      {scopes.map((scope) => (
        <li>
          <ScopeInWords scope={scope} />
        </li>
      ))}
      {resources.map((resource) => (
        <li>
          For use at <ForeignText text={resource} maxLength={RESOURCE_MAX_LENGTH} />
        </li>
      ))}
    </ul>
  );
}

interface AskedScopesProps {
  scopes: readonly string[];
  resources: readonly string[];
}
