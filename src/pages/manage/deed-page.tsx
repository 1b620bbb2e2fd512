import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AccountInFull } from "../../core/admin/account-records.ts";
import { Refused } from "../../core/refused.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { TokenForm } from "../form/token-form.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { aboutAccount, accountIdOf, OfAccount } from "./about-account.tsx";
import { accountPath } from "./account-link.tsx";
import { type Deed, type DeedReason, deeds, deedsOpenTo } from "./deeds.ts";
import { managePage } from "./manage-page.tsx";
import type { ManageVisit } from "./manage-visit.ts";
import { refusedPage } from "./refused-page.tsx";

/** The page of a deed: it says what follows from it, and the button below does it. */
export function deedPage(deed: Deed) {
  return {
    GET: aboutAccount((visit, account) => showDeed(visit, account, deed)),
    SENSITIVE: (visit: ManageVisit) => postDeed(visit, deed),
  };
}

async function showDeed(visit: ManageVisit, account: AccountInFull, deed: Deed): Promise<Response> {
  const { http, administrator, texts } = visit;
  if (!deedsOpenTo(administrator, account).includes(deed)) {
    return seeOther(http, accountPath(account.id));
  }
  const { title, what } = texts.manage.deeds[deed];
  return managePage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <OfAccount visit={visit} account={account} />
      <p>{what}</p>
      <TokenForm visit={visit}>
        <button type="submit">{title}</button>
      </TokenForm>
    </>,
  );
}

async function postDeed(visit: ManageVisit, deed: Deed): Promise<Response> {
  const { http, context, administrator: caller } = visit;
  const { operation, apply } = deeds[deed];
  http.var.log.operation = operation;
  const accountId = accountIdOf(visit);
  const done = await apply(context, { caller, accountId });
  if (!(done instanceof Refused)) {
    return seeDone(visit, accountPath(accountId), deed);
  }
  return refuseDeed(visit, deed, done);
}

function refuseDeed(visit: ManageVisit, deed: Deed, refused: Refused<DeedReason>) {
  const { http, texts } = visit;
  const { reason } = refused;
  noteRefusal(http, refused);
  switch (reason) {
    case "sign_in_stale":
    case "access_token_invalid":
      return seeOther(http, signInPath(visit.page));
    case "insufficient_scope":
    case "password_change_required":
    case "role_too_low":
    case "target_unknown":
      return refusedPage(visit, new Refused(reason));
    case "rate_limited":
      return undonePage(visit, deed, { why: tooManyAttempts(texts, refused), status: 429 });
    case "target_out_of_reach":
      return undonePage(visit, deed, { why: texts.manage.refused[reason], status: 403 });
    default:
      return undonePage(visit, deed, { why: texts.manage.refused[reason], status: 409 });
  }
}

interface Undone {
  why: string;
  status: ContentfulStatusCode;
}

function undonePage(visit: ManageVisit, deed: Deed, { why, status }: Undone): Promise<Response> {
  const { manage } = visit.texts;
  const { title } = manage.deeds[deed];
  return managePage(
    visit,
    { title, hasProblems: true, status },
    <>
      <h1>{title}</h1>
      <div class="alert" role="alert">
        <p>{why}</p>
      </div>
      <p>
        <a href={accountPath(accountIdOf(visit))}>{manage.back}</a>
      </p>
    </>,
  );
}
