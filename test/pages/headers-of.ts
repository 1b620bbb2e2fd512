import type { Page } from "../support/browser.ts";

/** What these headers of an answer say; null for those that it has not. */
export function headersOf({ headers }: Pick<Page, "headers">, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]));
}
