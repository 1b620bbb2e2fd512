import { Problem } from "../scripts/problem.ts";

/** An option's value, which has to be a whole number above 0. */
export function wholeNumber(name: string, text: string, help: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) {
    throw new Problem(`--${name} must be a whole number above 0.`, `\n${help}`);
  }
  return value;
}
