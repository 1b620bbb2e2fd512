/**
 * What stands for the sender when requests are counted: an IPv4 address, or the first 64 bits of an
 * IPv6 address, since whoever has one of those has them all. Every spelling of one is the same.
 */
export function clientAddress(connectingIp: string | undefined): string {
  const [address = ""] = (connectingIp ?? "").trim().toLowerCase().split("%");
  if (!address.includes(":")) {
    return address || "unknown";
  }
  const groups = expand(withoutDots(address));
  return mappedAddress(groups) ?? `${groups.slice(0, 4).join(":")}::/64`;
}

/** The last 32 bits in groups, where they are written as an IPv4 address. RFC 4291 §2.2. */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

/** The IPv4 address of an IPv4-mapped one, `::ffff:0:0/96`; null for any other. RFC 4291 §2.5.5.2. */
function mappedAddress(groups: readonly string[]): string | null {
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") {
    return null;
  }
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes.join(".");
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
