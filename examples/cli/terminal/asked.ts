import { exitCode } from "../exit-code.ts";
import { LatchkeyError } from "../latchkey.ts";
import { Problem, signedOut } from "../problem.ts";
import { plainText } from "./plain-text.ts";

/** Asks a server. That it refuses or keeps silent is a problem, in words for who sits there. */
export async function asked<Result>(
  doing: string,
  issuer: string,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof LatchkeyError ? problemOf(error, doing, issuer) : error;
  }
}

function problemOf(error: LatchkeyError, doing: string, issuer: string): Problem {
  switch (error.code) {
    case "access_denied":
      return new Problem(
        "The sign-in was denied in the browser.",
        "If that was a mistake, run login again and confirm its code.",
        exitCode.refused,
      );
    case "expired_token":
      return new Problem(
        "The code expired before it was confirmed.",
        "Run login again: it shows a new one.",
        exitCode.refused,
      );
    case "signed_out":
      return signedOut(`Your session at ${issuer} is over: you are signed out.`);
    case "storage_busy":
      return new Problem(error.message, "Wait for it or end it, and try again.");
    case "storage_unsafe":
      return new Problem(error.message, "Nothing was sent.");
    case "wrong_issuer":
      return new Problem(
        plainText(error.message),
        "Give --issuer exactly as the server spells it, if that is the server you mean.",
      );
    case "unsafe_endpoint":
      return new Problem(
        plainText(error.message),
        "Tell whoever runs the server. Nothing was sent there.",
      );
    case "not_offered":
      return new Problem(error.message, "Check --issuer.");
    case "unexpected_answer":
      return new Problem(
        `${issuer} does not answer as an authorization server does, so ${doing} failed.`,
        "Check --issuer.",
      );
    default:
      return answerProblem(error, doing, new URL(issuer).origin);
  }
}

function answerProblem(error: LatchkeyError, doing: string, origin: string): Problem {
  if (error.code === "no_answer") {
    const what = `${origin} cannot be reached (${reason(error.cause)}), so ${doing} failed.`;
    return new Problem(what, "Check --issuer and your network, and try again.");
  }
  const said = wordsOf(error)
    .map((word) => plainText(word).replace(/[.\s]+$/, ""))
    .join(": ");
  const what = `${origin} answered ${error.status}${said && `, ${said}`}, so ${doing} failed.`;
  return new Problem(what, error.isPassing ? "Try again in a while." : adviceFor(error.code));
}

/** What the server said itself. */
function wordsOf({ code, message }: LatchkeyError): string[] {
  return code.startsWith("http_") ? [] : [...new Set([code, message])];
}

function adviceFor(code: string): string {
  switch (code) {
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

const reasons: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing answers there"],
  ["ECONNRESET", "the connection broke"],
  ["UND_ERR_SOCKET", "the connection broke"],
  ["ENOTFOUND", "no such host"],
  ["EAI_AGAIN", "host names cannot be looked up"],
]);

function reason(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") {
    return "no answer in time";
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no connection";
  return reasons.get(code) ?? code;
}
