import type * as z from "zod";
import { fill } from "../texts/fill.ts";
import type { Texts } from "../texts/texts.ts";
import { PASSWORD_MAX_LENGTH } from "./password-field.tsx";

/** The text that says what is wrong with a field: what the rule for it has as its message. */
export type TypingProblem = keyof Texts["fields"];

/** Everything that is wrong with what was typed, in words. */
export function typingProblems({ fields }: Texts, { issues }: z.ZodError): string[] {
  return issues.map(({ message }) =>
    fill(fields[message as TypingProblem], { most: PASSWORD_MAX_LENGTH }),
  );
}
