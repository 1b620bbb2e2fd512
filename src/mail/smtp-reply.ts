/** What a server says to a command. RFC 5321 §4.2. */
export interface Reply {
  code: number;
  /** As in `5.1.1`; null where the server gives none. RFC 3463. */
  enhanced: string | null;
  lines: readonly string[];
}

/** The text of each line without its code: all lines of a reply have the same. */
const LINE = /^([2-5]\d\d)(?:[ -](.*))?$/;
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/;

/** Null for what is no reply. */
export function parseReply(raw: readonly string[]): Reply | null {
  const parsed = raw.map((line) => line.match(LINE));
  const code = parsed[0]?.[1];
  if (code === undefined || parsed.some((match) => match?.[1] !== code)) {
    return null;
  }
  const lines = parsed.map((match) => match?.[2] ?? "");
  return { code: Number(code), enhanced: lines.at(-1)?.match(ENHANCED)?.[1] ?? null, lines };
}

/** Whether a line ends the reply that it is part of. */
export function isLastLine(line: string): boolean {
  return line[3] !== "-";
}

/**
 * No such mailbox, no such domain, no such form, moved away, a domain without mail. Not 5.2.1, "mailbox
 * disabled": Gmail says it of mailboxes that are sent too much just now.
 */
const NO_MAILBOX = new Set(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]);

/**
 * Whether a reply says that the mailbox takes no letters, for good. The enhanced code alone tells: a
 * server that does not know who we are, or likes nothing from us, says 550 to every recipient too. RFC
 * 3463 §3.2, RFC 7505 §4.
 */
export function refusesMailbox({ enhanced }: Reply): boolean {
  return enhanced !== null && NO_MAILBOX.has(enhanced);
}
