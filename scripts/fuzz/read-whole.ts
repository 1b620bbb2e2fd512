import { Problem } from "../problem.ts";

/** What fast-check takes, without a sign. */
export const MAX_SEED = 2 ** 31 - 1;

/** An option that is a whole number, from 0 to a largest. Null where it was not given. */
export function readWhole(
  name: string,
  value: string | undefined,
  { max, help }: { max: number; help: string },
): number | null {
  if (value === undefined) {
    return null;
  }
  if (!/^\d{1,10}$/.test(value) || Number(value) > max) {
    throw new Problem(`${name} must be a whole number from 0 to ${max}.`, `\n${help}`);
  }
  return Number(value);
}
