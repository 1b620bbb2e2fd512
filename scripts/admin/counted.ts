/** So many of something, in words: "1 seal", "2 seals". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
