/** What is wrong with a form: words and, where it is with what was typed, the names of those fields. */
export type FormProblem = string | { text: string; fields: readonly string[] };

/** What is wrong with what was typed into fields. */
export function inFields(text: string, ...fields: readonly string[]): FormProblem {
  return { text, fields };
}

export function wordsOf(problem: FormProblem): string {
  return typeof problem === "string" ? problem : problem.text;
}

/** Where the summary says it. */
export function problemId(index: number): string {
  return `problem-${index + 1}`;
}

/**
 * What a field tells a screen reader beside its label: what is wrong with it, then its hint.
 * WCAG 2.2 §3.3.1, technique ARIA21.
 */
export function fieldState(
  name: string,
  problems: readonly FormProblem[],
  hintId?: string,
): { "aria-invalid"?: "true"; "aria-describedby"?: string } {
  const wrong = problems.flatMap((problem, index) =>
    typeof problem !== "string" && problem.fields.includes(name) ? [problemId(index)] : [],
  );
  const described = hintId === undefined ? wrong : [...wrong, hintId];
  return {
    ...(wrong.length > 0 && { "aria-invalid": "true" }),
    ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
  };
}
