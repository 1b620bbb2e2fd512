import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass, skip, warn } from "../finding.ts";
import { throwawayAddress } from "../throwaway-address.ts";

const PATH = "/api/forgot-password";

/** A letter is ordered for the mailbox that was given, and nothing tells that it has an account. */
export const ordersMail: Check = {
  name: "letter",
  title: "A letter is on its way to your mailbox",
  async look(patient) {
    const { account } = patient;
    if (account === null) {
      return skip("This sends one letter.", "Give --email, a mailbox of your own with an account.");
    }
    const known = await ask(patient, PATH, { json: { email: account.email } });
    const unknown = await ask(patient, PATH, { json: { email: throwawayAddress() } });
    if (known.status === 429) {
      return warn("It had its letters for this hour.", "Look again in an hour.");
    }
    return known.status === 200 && known.text === unknown.text
      ? pass(
          "See that a link to set a password comes; else docs/operating.md, Mail is not arriving.",
        )
      : fail(
          `Asked for a link it answers ${known.status}, for an unknown address ${unknown.status}.`,
          "Check the MAIL queue and its consumer: npx wrangler queues list",
        );
  },
};
