import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "./foreign-text.tsx";

const SCOPE_MAX_LENGTH = 80;

/** What a scope allows. One without words of its own is shown as it is written. */
export function ScopeInWords({ texts, scope }: { texts: Texts; scope: string }) {
  const words: Readonly<Record<string, string>> = texts.scopes.words;
  return Object.hasOwn(words, scope) ? (
    <span>{words[scope]}</span>
  ) : (
    <ForeignText texts={texts} text={scope} maxLength={SCOPE_MAX_LENGTH} />
  );
}
