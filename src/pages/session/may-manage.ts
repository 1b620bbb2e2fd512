import { administratorOf } from "../../core/admin/administrator-of.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Visit } from "./visit.ts";

/** Whether the pages on which other people's accounts are seen to are open to whoever is here. */
export function mayManage({ context, caller }: Visit): boolean {
  const administrator = administratorOf(context, caller);
  return (
    !(administrator instanceof Refused) &&
    operations.searchAccounts.refuseCaller(administrator) === null
  );
}
