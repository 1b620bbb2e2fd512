/** `Name <address>` or a bare address. */
export function parseSender(from: string): { email: string; name: string } {
  const [, name, address] = from.match(/^(.*?)\s*<([^<>]+)>$/) ?? [];
  return { email: address ?? from, name: name ?? "" };
}
