/** What a check came to. `skip`: it needs something that was not given. */
export type Outcome = "pass" | "warn" | "fail" | "skip";

export interface Finding {
  outcome: Outcome;
  /** What was seen, in a sentence. */
  saw: string;
  /** What to do now; empty where there is nothing to be done. */
  mend: string;
}

export const pass = (saw: string): Finding => ({ outcome: "pass", saw, mend: "" });
export const warn = (saw: string, mend: string): Finding => ({ outcome: "warn", saw, mend });
export const fail = (saw: string, mend: string): Finding => ({ outcome: "fail", saw, mend });
export const skip = (saw: string, mend = ""): Finding => ({ outcome: "skip", saw, mend });
