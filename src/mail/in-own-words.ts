import type { LetterKind, LetterTexts } from "../core/mail/letter-texts.ts";
import type { Texts } from "../texts/texts.ts";

type NoticeKind = keyof Texts["mail"]["notices"];

/** The texts of a language, with those of one letter as its tenant says them. */
export function inOwnWords(
  texts: Texts,
  kind: LetterKind,
  own: LetterTexts,
  brandName: string,
): Texts {
  // A function: what stands for a part of the match, as in `$&`, is the name itself here.
  const named = Object.entries(own).map(([name, text]) => [
    name,
    text.replaceAll("{brand}", () => brandName),
  ]);
  const words = Object.fromEntries(named);
  const { mail } = texts;
  return {
    ...texts,
    mail: isNotice(kind, mail)
      ? { ...mail, notices: { ...mail.notices, [kind]: { ...mail.notices[kind], ...words } } }
      : { ...mail, [kind]: { ...mail[kind], ...words } },
  };
}

function isNotice(kind: LetterKind, { notices }: Texts["mail"]): kind is NoticeKind {
  return Object.hasOwn(notices, kind);
}
