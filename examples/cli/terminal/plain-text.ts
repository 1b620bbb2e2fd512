const longest = 500;

/** Text from a server, as it may stand in a terminal: without escape sequences or other controls. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").slice(0, longest);
}
