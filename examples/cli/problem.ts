import { exitCode } from "./exit-code.ts";

type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A failure that a person can do something about: what happened, and what to do now. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly advice: string;
  readonly exitCode: ExitCode;

  constructor(what: string, advice: string, code: ExitCode = exitCode.failed) {
    super(what);
    this.advice = advice;
    this.exitCode = code;
  }
}

/** The problem of having no session. */
export function signedOut(why: string): Problem {
  return new Problem(why, "Run login to sign in.", exitCode.signedOut);
}
