import { Problem } from "../problem.ts";
import type { Refusals } from "./admin-api.ts";

/** How a person comes to be who asks, and not a client. */
export const AS_SUPERADMIN =
  "Sign in as a superadmin: without LATCHKEY_ADMIN_TOKEN and LATCHKEY_ADMIN_CLIENT_ID the command shows a code to approve in a browser.";

/** What a client is told that asks for it: no role or scope would change that. */
export function forPeopleAlone(): Refusals {
  const what =
    "No client may do that: who letters come from, what they say and where they lead is for people alone to say.";
  return { person_only: new Problem(what, AS_SUPERADMIN) };
}
