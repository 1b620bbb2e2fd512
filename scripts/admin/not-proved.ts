import { Problem } from "../problem.ts";
import type { Whose } from "./account-options.ts";

/** That an account gets no power, since whoever registered it may not be who reads its mailbox. */
export function notProved({ email }: Whose): Problem {
  return new Problem(
    `${email} has not proved its address: it may be a stranger's.`,
    "Its owner follows the link that was mailed, or asks for a new password. Then try again.",
  );
}
