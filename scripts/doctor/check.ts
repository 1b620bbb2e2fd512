import type { Finding } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** One thing to look at from outside. It leaves nothing behind and asks little. */
export interface Check {
  /** In a word or two, for `--only`. */
  name: string;
  /** What holds when it passes. */
  title: string;
  /** Where it fails, nothing else is worth a look. */
  isVital?: true;
  look(patient: Patient): Promise<Finding>;
}
