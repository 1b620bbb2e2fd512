/** As many digits as a clock of this kind is worth. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
