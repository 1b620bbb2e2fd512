import { Problem } from "../problem.ts";
import { plainText } from "../terminal/plain-text.ts";
import type { Answer, NoAnswer } from "./ask.ts";
import { textIn } from "./field.ts";
import { isPassing } from "./is-passing.ts";

/** The problem that an answer is: what the server said in its own words, and whether to try again. */
export function answerProblem(doing: string, url: string, heard: Answer | NoAnswer): Problem {
  const { origin } = new URL(url);
  if (heard.kind === "no answer") {
    const what = `${origin} cannot be reached (${heard.why}), so ${doing} failed.`;
    return new Problem(what, "Check --issuer and your network, and try again.");
  }
  const words = [textIn(heard.body, "error"), textIn(heard.body, "error_description")];
  const said = words
    .filter((word) => word !== null)
    .map((word) => plainText(word).replace(/[.\s]+$/, ""))
    .join(": ");
  const what = `${origin} answered ${heard.status}${said && `, ${said}`}, so ${doing} failed.`;
  return new Problem(what, isPassing(heard) ? "Try again in a while." : adviceFor(heard));
}

function adviceFor(answer: Answer): string {
  switch (textIn(answer.body, "error")) {
    case "invalid_client":
    case "unauthorized_client":
      return "Ask whoever runs the server to register the client for this, or name another with --client-id.";
    case "invalid_target":
      return "Ask for a --resource that the client is registered for.";
    case "invalid_scope":
      return "Ask for fewer scopes with --scope.";
    default:
      return "Check that --issuer and --client-id are right.";
  }
}
