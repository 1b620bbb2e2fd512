import { type Language, languages } from "../language.ts";
import { plainLine } from "../plain-line.ts";
import type { Content } from "./letter.ts";

/**
 * What a tenant may say in its own words, by the kind of letter. Where the code or link stands, how long
 * it works, where it was asked for and what warns of an attack stay ours, in every letter.
 */
const LINK = ["subject", "lead", "action", "notYou"] as const;
const HINT = ["subject", "lead", "action", "more", "notYou"] as const;
const DONE = ["subject", "what"] as const;

export const OWN_TEXTS = {
  "verify-email": LINK,
  "prove-address": LINK,
  "reset-password": LINK,
  "address-unconfirmed": LINK,
  "change-email": LINK,
  "account-secured": LINK,
  invitation: LINK,
  "login-code": ["subject", "notYou"],
  "address-taken": HINT,
  "new-address-taken": HINT,
  "address-reserved": DONE,
  "account-made": DONE,
  "password-changed": DONE,
  "email-change-requested": DONE,
  "email-changed": DONE,
  "second-factor-on": DONE,
  "second-factor-off": DONE,
  "recovery-codes-replaced": DONE,
  "passkey-added": DONE,
  "passkey-removed": DONE,
  "key-made": DONE,
  "key-deleted": DONE,
  "device-approved": DONE,
} as const satisfies Record<Content["kind"], readonly string[]>;

export type LetterKind = keyof typeof OWN_TEXTS;
export type OwnTextName = (typeof OWN_TEXTS)[LetterKind][number];
/** By name: what is not there is said in our words. */
export type LetterTexts = Readonly<Partial<Record<OwnTextName, string>>>;

/** How a tenant has its letters sent, as an operator has set it. */
export interface LetterSettings {
  /** Shown as who sends them; the address stays the service's. Null for the service's name. */
  senderName: string | null;
  /** Where an answer goes; null for nowhere else. */
  replyTo: string | null;
  texts: Readonly<Partial<Record<Language, Readonly<Partial<Record<LetterKind, LetterTexts>>>>>>;
}

const MOST_CHARACTERS: Readonly<Partial<Record<string, number>>> = { subject: 120, action: 60 };
const MOST_IN_A_PARAGRAPH = 1000;
export const SENDER_MAX_LENGTH = 60;
const HOLE = /\{([^{}]*)\}/g;
const ADDRESS = /^[!-;=?-~]{1,64}@[a-z0-9.-]{1,189}$/i;

export function isLetterKind(kind: string): kind is LetterKind {
  return Object.hasOwn(OWN_TEXTS, kind);
}

/** The names of the texts that a kind of letter has. */
export function namesOf(kind: LetterKind): readonly OwnTextName[] {
  return OWN_TEXTS[kind];
}

/** What a text may leave to be filled in. */
function holesOf(name: OwnTextName): readonly string[] {
  return name === "what" ? ["brand", "until"] : ["brand"];
}

/** What is wrong with a text of a letter; null where nothing is. */
export function wrongWith(kind: LetterKind, name: string, text: unknown): string | null {
  const known = namesOf(kind).find((one) => one === name);
  if (!known) {
    return `is no text of this letter: it has ${namesOf(kind).join(", ")}`;
  }
  if (typeof text !== "string" || text.trim() === "") {
    return "must be a text that says something";
  }
  const most = MOST_CHARACTERS[known] ?? MOST_IN_A_PARAGRAPH;
  if (text.length > most) {
    return `has ${text.length} characters, ${most} are the most`;
  }
  if (plainLine(text) !== text) {
    return "must be on one line, in plain characters, without spaces that are not needed";
  }
  const holes = holesOf(known);
  const unknown = [...text.matchAll(HOLE)].find(([, hole = ""]) => !holes.includes(hole));
  // What it has is not said: it is in words of whoever wrote it.
  return unknown ? `has something else in braces than {${holes.join("} and {")}}` : null;
}

/** A name before an address, or null: no client is to take it for an address. */
export function isSenderName(name: unknown): name is string {
  return (
    typeof name === "string" &&
    name !== "" &&
    name.length <= SENDER_MAX_LENGTH &&
    plainLine(name) === name &&
    !/[<>@]/.test(name)
  );
}

export function isReplyTo(address: unknown): address is string {
  return typeof address === "string" && ADDRESS.test(address);
}

/** The settings from what is stored, without what is not as an operator's command writes it. */
export function letterSettingsFrom(stored: unknown): LetterSettings {
  const { senderName, replyTo, texts } = asRecord(stored);
  return {
    senderName: isSenderName(senderName) ? senderName : null,
    replyTo: isReplyTo(replyTo) ? replyTo : null,
    texts: Object.fromEntries(
      languages.map((language) => [language, lettersIn(asRecord(texts)[language])]),
    ),
  };
}

function lettersIn(stored: unknown): Partial<Record<LetterKind, LetterTexts>> {
  const letters = Object.entries(asRecord(stored)).flatMap(([kind, own]) =>
    isLetterKind(kind) ? [[kind, rightOf(kind, asRecord(own))] as const] : [],
  );
  return Object.fromEntries(letters);
}

function rightOf(kind: LetterKind, own: Record<string, unknown>): LetterTexts {
  return Object.fromEntries(
    Object.entries(own).filter(([name, text]) => wrongWith(kind, name, text) === null),
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
