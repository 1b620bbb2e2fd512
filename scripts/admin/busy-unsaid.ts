import { isBusy } from "./is-busy.ts";

/**
 * Of each refusal by SQLite the local D1 says a page of addresses on the console, as often as `onceFree` tries
 * again. From here on that is kept back, and all else said: who gives up has it in the problem. Gives what ends it.
 */
export function busyUnsaid(): () => void {
  const { error } = console;
  console.error = (...said: unknown[]) => {
    if (!said.some(isWorkerdBusy)) {
      error(...said);
    }
  };
  return () => {
    console.error = error;
  };
}

/** Told apart from words of our own by the source that it names. */
function isWorkerdBusy(said: unknown): boolean {
  return typeof said === "string" && said.includes("workerd/") && isBusy(said);
}
