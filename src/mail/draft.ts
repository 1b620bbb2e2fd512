import type { Content, Letter } from "../core/mail/letter.ts";
import { fill } from "../texts/fill.ts";
import { momentInWords } from "../texts/moment-in-words.ts";
import type { Texts } from "../texts/texts.ts";
import { originInWords } from "./origin-in-words.ts";

/** A letter in words, in the order in which it is read. */
export interface Draft {
  subject: string;
  parts: readonly Part[];
}

export type Part =
  | { text: string }
  /** Alone on its line, large where there is a choice. */
  | { code: string; isLong: boolean }
  /** A button, or the bare URL where there is none. */
  | { link: string; label: string }
  /** Where it was asked for, or done. */
  | { origin: string };

/**
 * Puts a letter into words, the same ones for every form that it is sent in. The subject of a code does
 * not show it: phones show subjects while they are locked.
 */
export function draft(letter: Letter, texts: Texts): Draft {
  const { content, origin } = letter;
  const askedFor = { origin: originInWords(texts, origin, "asked for") };
  switch (content.kind) {
    case "login-code":
      return codeDraft(content, askedFor, texts);
    case "address-taken":
    case "new-address-taken":
      return hintDraft(content, askedFor, texts);
    case "verify-email":
    case "prove-address":
    case "reset-password":
    case "address-unconfirmed":
    case "change-email":
    case "account-secured":
    case "invitation":
      return linkDraft(content, askedFor, texts);
    case "address-reserved":
      return undoDraft(texts.mail["address-reserved"], content, askedFor, texts);
    default: {
      const done = { origin: originInWords(texts, origin, "done") };
      return undoDraft(texts.mail.notices[content.kind], content, done, texts);
    }
  }
}

type Of<Shape> = Extract<Content, Shape>;

function codeDraft(
  { code, isLong, lifetimeSeconds, hasUnconfirmedAccount }: Of<{ code: string }>,
  askedFor: Part,
  { mail, time }: Texts,
): Draft {
  const { subject, unconfirmedAccount, notYou, whyLong } = mail["login-code"];
  const works = fill(mail.codeWorks, { span: time.minutes(lifetimeSeconds / 60) });
  return {
    subject,
    parts: [
      { code, isLong },
      { text: works },
      ...(isLong ? [{ text: whyLong }] : []),
      ...(hasUnconfirmedAccount ? [{ text: unconfirmedAccount }] : []),
      askedFor,
      { text: notYou },
    ],
  };
}

/** A link that does something, once. */
function linkDraft(
  content: Of<{ link: string; lifetimeSeconds: number }>,
  askedFor: Part,
  { mail, time }: Texts,
): Draft {
  const { subject, lead, action, notYou } = mail[content.kind];
  const works = fill(mail.linkWorks, { span: time.hours(content.lifetimeSeconds / 3600) });
  const hasMore = content.kind === "prove-address" && content.hasUnconfirmedAccount;
  return {
    subject,
    parts: [
      { text: lead },
      { link: content.link, label: action },
      { text: works },
      ...(hasMore ? [{ text: mail["prove-address"].unconfirmedAccount }] : []),
      askedFor,
      { text: notYou },
    ],
  };
}

/** A link to where people sign in. */
function hintDraft(
  { kind, link }: Of<{ kind: "address-taken" | "new-address-taken" }>,
  askedFor: Part,
  { mail }: Texts,
): Draft {
  const { subject, lead, action, more, notYou } = mail[kind];
  return {
    subject,
    parts: [{ text: lead }, { link, label: action }, { text: more }, askedFor, { text: notYou }],
  };
}

/** What was done, and a link that undoes it. */
function undoDraft(
  { subject, what, yours }: { subject: string; what: string; yours?: string },
  { link, until }: Of<{ until: Date }>,
  where: Part,
  { mail: { undo }, time }: Texts,
): Draft {
  const untilThen = { until: momentInWords(time, until) };
  return {
    subject,
    parts: [
      { text: fill(what, untilThen) },
      where,
      { text: `${yours ?? undo.yours} ${undo.notYou}` },
      { link, label: undo.action },
      { text: fill(undo.whatItDoes, untilThen) },
    ],
  };
}
