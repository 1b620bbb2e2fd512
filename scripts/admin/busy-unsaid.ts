import { isBusy } from "./is-busy.ts";

/**
 * Of each refusal by SQLite the local D1 says a page of addresses on the console, as often as `onceFree` tries
 * again. From here on that is kept back, and all else said: who gives up has it in the problem. Gives what ends it.
 */
export function busyUnsaid(): () => void {
  const { error } = console;
  console.error = (...said: unknown[]) => {
    if (!isBusy(said.join(" "))) {
      error(...said);
    }
  };
  return () => {
    console.error = error;
  };
}
