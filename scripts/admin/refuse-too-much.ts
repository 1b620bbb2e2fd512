import { LONGEST_URI, MOST_URIS } from "../../src/core/admin/client-rules.ts";
import { Problem } from "../problem.ts";

/** Refuses more URIs, and longer ones, than the admin API takes: what is made here is changed there. */
export function refuseTooMuch(option: string, uris: readonly string[]): void {
  if (uris.length > MOST_URIS) {
    throw new Problem(
      `A client has at most ${MOST_URIS} of --${option}, and these are ${uris.length}.`,
      "Leave some out, or make two clients.",
    );
  }
  const longest = Math.max(0, ...uris.map((uri) => uri.length));
  if (longest > LONGEST_URI) {
    throw new Problem(
      `One of --${option} has ${longest} characters, and may have ${LONGEST_URI}.`,
      "Give a shorter one.",
    );
  }
}
