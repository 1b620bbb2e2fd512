import * as z from "zod";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";

const MAX_LENGTH = 200;

type Problem = keyof Texts["account"]["nameProblems"];

/** A name as a form sends it. What is wrong with one is named after its text. */
export const typedName = z
  .string("missing" satisfies Problem)
  .trim()
  .min(1, "missing" satisfies Problem)
  .max(MAX_LENGTH, "tooLong" satisfies Problem)
  .regex(/^\P{Cc}*$/u, "unreadable" satisfies Problem);

/** What is wrong with a typed name, in words. */
export function nameProblems({ account }: Texts, { issues }: z.ZodError): FormProblem[] {
  return issues.map(({ message }) =>
    inFields(fill(account.nameProblems[message as Problem], { most: MAX_LENGTH }), "name"),
  );
}
