import type { Content, Letter } from "../core/mail/letter.ts";
import { fill } from "../texts/fill.ts";
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
  | { code: string }
  /** A button, or the bare URL where there is none. */
  | { link: string; label: string }
  /** Where it was asked from. */
  | { origin: string };

/** Puts a letter into words, the same ones for every form that it is sent in. */
export function draft({ content, origin }: Letter, texts: Texts): Draft {
  const { mail } = texts;
  const askedFor = { origin: originInWords(texts, origin, "asked for") };
  switch (content.kind) {
    case "login-code": {
      const { subject, unconfirmedAccount, notYou } = mail["login-code"];
      const span = texts.time.minutes(content.lifetimeSeconds / 60);
      return {
        subject,
        parts: [
          { code: content.code },
          { text: fill(mail.codeWorks, { span }) },
          ...(content.hasUnconfirmedAccount ? [{ text: unconfirmedAccount }] : []),
          askedFor,
          { text: notYou },
        ],
      };
    }
    case "verify-email":
    case "prove-address":
    case "reset-password":
    case "address-unconfirmed":
    case "change-email": {
      const { subject, lead, action, notYou } = mail[content.kind];
      const span = texts.time.hours(content.lifetimeSeconds / 3600);
      return {
        subject,
        parts: [
          { text: lead },
          { link: content.link, label: action },
          { text: fill(mail.linkWorks, { span }) },
          ...unconfirmedAccount(content, texts),
          askedFor,
          { text: notYou },
        ],
      };
    }
    case "address-taken":
    case "new-address-taken": {
      const { subject, lead, action, more, notYou } = mail[content.kind];
      return {
        subject,
        parts: [
          { text: lead },
          { link: content.link, label: action },
          { text: more },
          askedFor,
          { text: notYou },
        ],
      };
    }
    default: {
      const { subject, what } = mail.notices[content.kind];
      const { yours, notYou, action } = mail.notice;
      return {
        subject,
        parts: [
          { text: what },
          { origin: originInWords(texts, origin, "done") },
          { text: `${yours} ${notYou}` },
          { link: content.link, label: action },
        ],
      };
    }
  }
}

function unconfirmedAccount(content: Content, { mail }: Texts): Part[] {
  return content.kind === "prove-address" && content.hasUnconfirmedAccount
    ? [{ text: mail["prove-address"].unconfirmedAccount }]
    : [];
}
