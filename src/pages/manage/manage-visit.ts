import type { AdminCaller } from "../../core/admin/admin-caller.ts";
import { identifyAdministratorOnPage } from "../../core/admin/identify-administrator.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Visit } from "../session/visit.ts";
import { refusedPage } from "./refused-page.tsx";

/** An administrator on a page about other people's accounts. */
export interface ManageVisit extends Visit {
  /** As what they ask for the operations of the admin API, which are all that these pages do. */
  administrator: AdminCaller;
}

/** The visit of an administrator; everybody else is told that it is for administrators. */
export async function admitAdministrator(visit: Visit): Promise<ManageVisit | Response> {
  const administrator = await identifyAdministratorOnPage(visit.context, visit.caller);
  if (administrator instanceof Refused) {
    return refusedPage(visit, administrator);
  }
  const refused = operations.searchAccounts.refuseCaller(administrator);
  return refused ? refusedPage(visit, refused) : { ...visit, administrator };
}
