import type { AccountInFull } from "../../core/admin/account-records.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { fill } from "../../texts/fill.ts";
import { SessionAbout } from "../words/session-about.tsx";
import { OfAccount } from "./about-account.tsx";
import { accountPath } from "./account-link.tsx";
import { deedsOpenTo } from "./deeds.ts";
import { managePage } from "./manage-page.tsx";
import type { ManageVisit } from "./manage-visit.ts";
import { refusedPage } from "./refused-page.tsx";

/** How many are shown: an account has a handful, and a page weighs less than 15 KiB. */
const MOST = 50;

/** GET /manage/accounts/:accountId/sessions */
export async function showSessions(visit: ManageVisit, account: AccountInFull): Promise<Response> {
  const { http, context, administrator, texts } = visit;
  const { title, none, most } = texts.manage.sessions;
  http.var.log.operation = "listAccountSessions";
  const asked = { caller: administrator, accountId: account.id, most: MOST };
  const listed = await operations.listAccountSessions(context, asked);
  if (listed instanceof Refused) {
    return refusedPage(visit, listed);
  }
  const { sessions } = listed;
  const mayEnd = deedsOpenTo(administrator, account).includes("sign-out");
  return managePage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <OfAccount visit={visit} account={account} />
      {sessions.length === 0 && <p>{none}</p>}
      {sessions.length === MOST && <p>{fill(most, { count: MOST })}</p>}
      {sessions.length > 0 && mayEnd && (
        <p>
          <a href={`${accountPath(account.id)}/sign-out`}>{texts.manage.deeds["sign-out"].title}</a>
        </p>
      )}
      <ul class="entries">
        {sessions.map((session) => (
          <li>
            <SessionAbout
              visit={visit}
              session={session}
              isThis={session.id === visit.caller.session.id}
            />
          </li>
        ))}
      </ul>
    </>,
  );
}
