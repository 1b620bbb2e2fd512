import { styleText } from "node:util";
import type { Examined } from "./examine.ts";
import type { Outcome } from "./finding.ts";

const MARKS = {
  pass: styleText("green", "✓"),
  warn: styleText("yellow", "!"),
  fail: styleText("red", "✗"),
  skip: styleText("dim", "–"),
} satisfies Record<Outcome, string>;

/** A finding for people: what holds or does not, what was seen, and what to do. */
export function tell({ outcome, title, saw, mend }: Examined): string {
  const lines = [`${MARKS[outcome]} ${title}`, `  ${styleText("dim", saw)}`];
  return [...lines, ...(mend ? [`  → ${mend}`] : [])].join("\n");
}

/** All of it in a line. */
export function summary(found: readonly Examined[]): string {
  const count = (outcome: Outcome) => found.filter((one) => one.outcome === outcome).length;
  const parts = [
    `${count("pass")} hold`,
    `${count("fail")} do not`,
    `${count("warn")} to look at`,
    `${count("skip")} not looked at`,
  ];
  return parts.join(", ");
}
