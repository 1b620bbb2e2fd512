import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";

/**
 * What decides where a mailed letter leads, by its links or by its words, is for a person: letters that set a
 * superadmin's password are among them, and a client's secret that leaks must not reach a superadmin.
 */
export function refuseClient({ person }: AdminCaller): Refused<"person_only"> | null {
  return person === null ? new Refused("person_only") : null;
}
