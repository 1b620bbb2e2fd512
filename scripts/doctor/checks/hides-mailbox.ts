import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";
import { isLocal } from "../patient.ts";

/** The mailbox of development is open to nobody but on a loopback address. */
export const hidesMailbox: Check = {
  name: "development",
  title: "It does not run as a development server",
  async look(patient) {
    if (isLocal(patient)) {
      return pass("On a loopback address it may.");
    }
    const { status } = await ask(patient, "/dev/mailbox");
    return status === 404
      ? pass("There is no /dev/mailbox.")
      : fail(
          `/dev/mailbox answers ${status}: everybody's letters are public.`,
          'Set ENVIRONMENT to "production" in wrangler.toml and deploy; then docs/operating.md, The secret has leaked.',
        );
  },
};
