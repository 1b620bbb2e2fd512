import { exitCode } from "../exit-code.ts";
import { Problem } from "../problem.ts";

/** The problem of having no session. */
export function signedOut(why: string): Problem {
  return new Problem(why, "Run login to sign in.", exitCode.signedOut);
}
