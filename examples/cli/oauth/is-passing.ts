import type { Answer, NoAnswer } from "./ask.ts";

const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether asking again later may help. */
export function isPassing(heard: Answer | NoAnswer): boolean {
  return heard.kind === "no answer" || heard.status >= 500 || passingStatuses.has(heard.status);
}
