import type { Letter } from "../core/mail/letter.ts";
import { textsIn } from "../texts/texts.ts";
import { asHtml } from "./as-html.ts";
import { asText } from "./as-text.ts";
import { draft } from "./draft.ts";
import type { Message } from "./transport.ts";

/** A letter in the words of its language, plain and as HTML. */
export function compose(letter: Letter): Pick<Message, "subject" | "text" | "html"> {
  const texts = textsIn(letter.language);
  const written = draft(letter, texts);
  return {
    subject: written.subject,
    text: asText(written, letter.brand),
    html: asHtml(written, letter, texts.shell.direction),
  };
}
