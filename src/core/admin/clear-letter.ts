import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import { findLetter, letterEvent, type OneLetter } from "./letter-target.ts";
import { refuseClient } from "./refuse-client.ts";

/** Has a letter of a tenant say all in our words again. No client may. */
export const clearLetter = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: OneLetter,
  ): Promise<void | Refused<
    "letter_unknown" | "tenant_unknown" | "person_only" | "access_token_invalid"
  >> => {
    const found = refuseClient(input.caller) ?? (await findLetter(context, input));
    if (found instanceof Refused) {
      return found;
    }
    const { tenantId, which } = found;
    const event = letterEvent(context, input);
    if (!(await context.letterRecords.set(tenantId, which, null, event))) {
      return new Refused("access_token_invalid");
    }
  },
);
