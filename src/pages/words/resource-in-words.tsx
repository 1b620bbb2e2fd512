import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "./foreign-text.tsx";
import { Sentence } from "./sentence.tsx";

const MAX_LENGTH = 120;

/** Where else than here what was granted may be used: the address of an API. */
export function ResourceInWords({ texts, resource }: { texts: Texts; resource: string }) {
  return (
    <Sentence
      of={texts.scopes.forUseAt}
      resource={<ForeignText texts={texts} text={resource} maxLength={MAX_LENGTH} />}
    />
  );
}
