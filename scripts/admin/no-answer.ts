import { Problem } from "../problem.ts";

/** That a service was not reached, out of what `fetch` has thrown, however wrapped; null for anything else. */
export function noAnswer(url: string, error: unknown): Problem | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TypeError && cause.message === "fetch failed") {
      return new Problem(
        `There is no answer from ${url}: ${wordsOf(cause.cause)}`,
        "Check the address, and that the service runs there.",
        { cause: error },
      );
    }
  }
  return null;
}

/** Where several addresses were tried, Node's error has a code and no message. */
function wordsOf(cause: unknown): string {
  const { message, code } = (cause ?? {}) as { message?: string; code?: string };
  return message || code || "the request failed";
}
