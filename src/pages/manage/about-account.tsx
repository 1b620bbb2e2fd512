import type { AccountInFull } from "../../core/admin/account-records.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { Sentence } from "../words/sentence.tsx";
import { AccountLink } from "./account-link.tsx";
import type { ManageVisit } from "./manage-visit.ts";
import { refusedPage } from "./refused-page.tsx";

/** Which account the path of a page names. */
export function accountIdOf({ http }: ManageVisit): string {
  return http.req.param("accountId") ?? "";
}

/** A page about an account, which is looked for first. */
export function aboutAccount(
  show: (visit: ManageVisit, account: AccountInFull) => Promise<Response>,
): (visit: ManageVisit) => Promise<Response> {
  return async (visit) => {
    const { http, context, administrator: caller } = visit;
    http.var.log.operation = "describeAccount";
    const accountId = accountIdOf(visit);
    const account = await operations.describeAccount(context, { caller, accountId });
    return account instanceof Refused ? refusedPage(visit, account) : show(visit, account);
  };
}

/** Says below the heading of a page which account it is about. */
export function OfAccount({ visit, account }: { visit: ManageVisit; account: AccountInFull }) {
  const { texts } = visit;
  return (
    <p class="prose">
      <Sentence of={texts.manage.of} account={<AccountLink texts={texts} account={account} />} />
    </p>
  );
}
