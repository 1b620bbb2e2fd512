/** Every link of a mail, in order, with the token redacted where it has the form of one. */
export function linksIn({ text }: { text: string }): string[] {
  const links = text.match(/https?:\S+/g) ?? [];
  return links.map((link) => link.replace(/token=[\w-]{43}$/, "token=<token>"));
}
