import { LATCHKEY, urlOf } from "./servers.ts";

/** Where Latchkey answers in this run, or in this file of tests, which is the issuer of all its tokens. */
export let issuer = urlOf(LATCHKEY);

/** For a file of tests that has one of its own. */
export function answerAt(url: string): void {
  issuer = url;
}
