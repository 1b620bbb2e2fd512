import type { AccountRecord } from "../../core/admin/account-records.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { Field } from "../form/field.tsx";
import type { Form } from "../form/form-post.ts";
import { TokenForm } from "../form/token-form.tsx";
import { seeOther } from "../frame/see-other.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { AccountLink } from "./account-link.tsx";
import { managePage } from "./manage-page.tsx";
import type { ManageVisit } from "./manage-visit.ts";
import { refusedPage } from "./refused-page.tsx";
import { openSearch, sealSearch } from "./sealed-search.ts";

/** How many are shown at once: a page weighs less than 15 KiB. */
const MOST = 25;
const NAME_MAX_LENGTH = 60;

/** GET /manage: the form, and below it what was searched for. Nobody is shown unasked. */
export async function showSearch(visit: ManageVisit): Promise<Response> {
  const { http, context, administrator: caller } = visit;
  const search = http.req.query("search") ?? "";
  const emailPrefix = await openSearch(context, search);
  if (emailPrefix === null) {
    return searchPage(visit, null);
  }
  http.var.log.operation = "searchAccounts";
  const cursor = http.req.query("after") ?? null;
  const asked = { caller, emailPrefix, cursor, most: MOST };
  const found = await operations.searchAccounts(context, asked);
  return found instanceof Refused
    ? refusedPage(visit, found)
    : searchPage(visit, { search, emailPrefix, ...found });
}

/** POST /manage: leads to what is found, which can then be gone back to and loaded again. */
export async function postSearch({ http, context }: ManageVisit, form: Form): Promise<Response> {
  const emailPrefix = (form.prefix ?? "").trim().slice(0, EMAIL_MAX_LENGTH);
  const search = await sealSearch(context, emailPrefix);
  return seeOther(http, `/manage?${new URLSearchParams({ search })}`);
}

interface Found {
  /** As the address of the page has it. */
  search: string;
  emailPrefix: string;
  accounts: readonly AccountRecord[];
  next: string | null;
}

function searchPage(visit: ManageVisit, found: Found | null): Promise<Response> {
  const { title, search } = visit.texts.manage;
  return managePage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <TokenForm visit={visit} action="/manage">
        <Field
          label={search.prefix}
          hint={search.hint}
          name="prefix"
          type="search"
          value={found?.emailPrefix ?? ""}
          maxlength={EMAIL_MAX_LENGTH}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
        <button type="submit">{search.submit}</button>
      </TokenForm>
      {found && <Results visit={visit} found={found} />}
    </>,
  );
}

function Results({ visit, found }: { visit: ManageVisit; found: Found }) {
  const { texts } = visit;
  const words = texts.manage.search;
  const { search, emailPrefix, accounts, next } = found;
  return (
    <>
      <h2>
        {emailPrefix === "" ? (
          words.all
        ) : (
          <Sentence
            of={words.found}
            prefix={<ForeignText texts={texts} text={emailPrefix} maxLength={EMAIL_MAX_LENGTH} />}
          />
        )}
      </h2>
      {accounts.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="entries">
          {accounts.map((account) => (
            <li>
              <Entry visit={visit} account={account} />
            </li>
          ))}
        </ul>
      )}
      {next && (
        <p>
          <a href={`/manage?${new URLSearchParams({ search, after: next })}`}>{words.more}</a>
        </p>
      )}
    </>
  );
}

function Entry({ visit: { texts }, account }: { visit: ManageVisit; account: AccountRecord }) {
  const { manage } = texts;
  const { name, role, emailVerifiedAt, disabledAt } = account;
  const facts = [
    manage.roles[role],
    ...(emailVerifiedAt ? [] : [texts.account.overview.unconfirmed]),
    ...(disabledAt ? [manage.disabled] : []),
  ];
  return (
    <>
      <AccountLink texts={texts} account={account} />
      <p class="hint">
        {name && (
          <>
            <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
            {" · "}
          </>
        )}
        {facts.join(" · ")}
      </p>
    </>
  );
}
