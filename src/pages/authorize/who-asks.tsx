import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";

const NAME_MAX_LENGTH = 60;

/** Which program wants to use the account, and how much that name is worth. */
export function WhoAsks({ texts, words, client }: WhoAsksProps) {
  const { id, name, owner } = client;
  const foreign = (text: string) => (
    <ForeignText texts={texts} text={text} maxLength={NAME_MAX_LENGTH} />
  );
  return (
    <>
      <p>
        <Sentence of={words.asks} client={<strong>{foreign(name)}</strong>} id={foreign(id)} />
      </p>
      <p class="hint">
        {owner ? <Sentence of={words.madeBy} owner={foreign(owner)} /> : words.madeByNobody}
      </p>
    </>
  );
}

interface WhoAsksProps {
  texts: Texts;
  words: { asks: string; madeBy: string; madeByNobody: string };
  client: { id: string; name: string; owner: string | null };
}
