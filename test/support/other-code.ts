/** Six digits that are none of these codes. */
export function otherCode(...codes: readonly string[]): string {
  const all = Array.from({ length: codes.length + 1 }, (_, digit) => String(digit).repeat(6));
  return all.find((code) => !codes.includes(code)) ?? "";
}
