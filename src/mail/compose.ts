import type { Letter } from "../core/mail/letter.ts";
import { textsIn } from "../texts/texts.ts";
import { asHtml } from "./as-html.ts";
import { asText } from "./as-text.ts";
import { draft } from "./draft.ts";
import { inOwnWords } from "./in-own-words.ts";
import type { Message } from "./transport.ts";

/** A letter in the words of its language, or its tenant's, plain and as HTML. */
export function compose(letter: Letter): Pick<Message, "subject" | "text" | "html"> {
  const { brand, content, language, ownTexts } = letter;
  const texts = inOwnWords(textsIn(language), content.kind, ownTexts, brand.name);
  const written = draft(letter, texts);
  return {
    subject: written.subject,
    text: asText(written, letter.brand),
    html: asHtml(written, letter, texts.shell.direction),
  };
}
