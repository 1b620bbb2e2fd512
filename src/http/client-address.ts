/**
 * What stands for the sender when requests are counted: an IPv4 address, or the first 64 bits of an
 * IPv6 address, since whoever has one of those has them all.
 */
export function clientAddress(connectingIp: string | undefined): string {
  const address = connectingIp?.trim().toLowerCase() ?? "";
  if (!address.includes(":")) {
    return address || "unknown";
  }
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/);
  return mapped?.[1] ?? `${expand(address).slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(missing).fill("0"), ...after];
  return groups.map((group) => group.replace(/^0+(?=.)/, ""));
}
