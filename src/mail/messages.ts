import type { Letter, Notice } from "../core/mail/mail-order.ts";
import type { Message } from "./transport.ts";

type Words = Pick<Message, "subject"> & {
  /** Paragraphs in order; a link stands alone in its paragraph. */
  paragraphs: readonly (string | { link: string; label: string })[];
};

/** Puts a letter into words: one text, rendered plain and as HTML. */
export function compose(letter: Letter): Pick<Message, "subject" | "text" | "html"> {
  const { subject, paragraphs } = words(letter);
  const all = ["Hello,", ...paragraphs];
  return { subject, text: asText(all), html: asHtml(subject, all) };
}

const SIGNING_IN_CONFIRMS =
  "Somebody, perhaps you, registered with this address before but never confirmed it. Signing in confirms it and signs out everybody else. If that was not you, set a new password afterwards: whoever it was knows the old one.";

const LINK_CONFIRMS =
  "Somebody, perhaps you, registered with this address before but never confirmed it. The link confirms that account and signs out everybody. If you did not make it, set a new password afterwards: whoever did knows the old one.";

function words(letter: Letter): Words {
  switch (letter.kind) {
    case "verify-email":
      return {
        subject: "Confirm your e-mail address",
        paragraphs: [
          "Confirm that this address is yours:",
          { link: letter.link, label: "Confirm my address" },
          `The link works once and for ${hours(letter.lifetimeSeconds)}. Only the newest link works.`,
          "If you did not register, ignore this mail: without the link nobody can confirm your address.",
        ],
      };
    case "prove-address":
      return {
        subject: "Confirm that this address is yours",
        paragraphs: [
          "Confirm that this address is yours:",
          { link: letter.link, label: "Confirm my address" },
          `The link works once and for ${hours(letter.lifetimeSeconds)}. Only the newest link works.`,
          ...(letter.hasUnconfirmedAccount ? [LINK_CONFIRMS] : []),
          "If you did not ask for it, ignore this mail: without the link nobody can confirm your address.",
        ],
      };
    case "reset-password":
      return {
        subject: "Set a new password",
        paragraphs: [
          "Set a new password for your account:",
          { link: letter.link, label: "Set a new password" },
          `The link works once and for ${hours(letter.lifetimeSeconds)}. Only the newest link works.`,
          "If you did not ask for it, ignore this mail: your password stays as it is.",
        ],
      };
    case "address-unconfirmed":
      return {
        subject: "Finish setting up your account",
        paragraphs: [
          "Somebody, perhaps you, registered with this address before but never confirmed it. Set a password of your own, which also confirms the address:",
          { link: letter.link, label: "Set my password" },
          `The link works once and for ${hours(letter.lifetimeSeconds)}. Whoever is signed in to the account now is signed out.`,
          "If you did not register, ignore this mail.",
        ],
      };
    case "login-code":
      return {
        subject: "Your code to sign in",
        paragraphs: [
          letter.code,
          `The code works once and for ${minutes(letter.lifetimeSeconds)}. Only the newest code works.`,
          ...(letter.hasUnconfirmedAccount ? [SIGNING_IN_CONFIRMS] : []),
          "If you did not ask for it, ignore this mail and give the code to nobody: without it nobody gets in.",
        ],
      };
    default:
      return noticeWords(letter);
  }
}

/** What somebody is told, rather than handed a link or code that does something. */
function noticeWords(letter: Notice): Words {
  switch (letter.kind) {
    case "address-taken":
      return {
        subject: "You already have an account",
        paragraphs: [
          "Somebody, perhaps you, tried to register with this address. It has an account already:",
          { link: letter.signInLink, label: "Sign in" },
          "If you do not remember your password, ask there for a new one.",
          "If it was not you, you need not do anything.",
        ],
      };
    case "account-made":
      return {
        subject: "Your account is ready",
        paragraphs: [
          "An account was just made with this address, which you confirmed before.",
          "If it was not you who made it, somebody else chose its password. Set one of your own, which signs them out:",
          { link: letter.forgotLink, label: "Set a new password" },
        ],
      };
    case "second-factor-changed":
      return {
        subject: "Two-factor sign-in was changed",
        paragraphs: [
          "Two-factor sign-in of your account was just turned on or off, or its recovery codes were replaced.",
          "If it was not you, somebody else is signed in to your account: set a new password at once, which signs them out, and ask whoever runs the service to remove the second factor.",
        ],
      };
    case "password-changed":
      return {
        subject: "Your password was changed",
        paragraphs: [
          "The password of your account was just changed, and every session was signed out.",
          "If it was not you, ask for a new password at once: whoever did it can read your mail.",
        ],
      };
  }
}

function minutes(seconds: number): string {
  return `${seconds / 60} minutes`;
}

function hours(seconds: number): string {
  const count = seconds / 3600;
  return count === 1 ? "one hour" : `${count} hours`;
}

function asText(paragraphs: Words["paragraphs"]): string {
  const lines = paragraphs.map((part) => (typeof part === "string" ? part : part.link));
  return `${lines.join("\n\n")}\n`;
}

function asHtml(subject: string, paragraphs: Words["paragraphs"]): string {
  const parts = paragraphs.map((part) =>
    typeof part === "string"
      ? `<p>${escapeHtml(part)}</p>`
      : `<p><a href="${escapeHtml(part.link)}">${escapeHtml(part.label)}</a></p>`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(subject)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:36em">',
    ...parts,
    "</body></html>",
  ].join("\n");
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
