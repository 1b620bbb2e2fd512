import type * as z from "zod";
import { fill } from "../texts/fill.ts";
import type { Texts } from "../texts/texts.ts";
import { NAME_MAX_LENGTH } from "./name-field.tsx";
import { PASSWORD_MAX_LENGTH } from "./password-field.tsx";

/** The text that says what is wrong with a field: what the rule for it has as its message. */
export type TypingProblem = keyof Texts["fields"];

const values = { most: PASSWORD_MAX_LENGTH, mostOfName: NAME_MAX_LENGTH };

/** Everything that is wrong with what was typed, in words. */
export function typingProblems({ fields }: Texts, { issues }: z.ZodError): string[] {
  return issues.map(({ message }) => fill(fields[message as TypingProblem], values));
}
