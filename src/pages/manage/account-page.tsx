import type { Child } from "hono/jsx";
import type { AccountInFull } from "../../core/admin/account-records.ts";
import { rolesWithin } from "../../core/admin/target.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Moment } from "../words/moment.tsx";
import { Sentence } from "../words/sentence.tsx";
import { accountPath } from "./account-link.tsx";
import { deedsOpenTo } from "./deeds.ts";
import { managePage } from "./manage-page.tsx";
import type { ManageVisit } from "./manage-visit.ts";

const NAME_MAX_LENGTH = 80;

interface AccountShown {
  visit: ManageVisit;
  account: AccountInFull;
}

/** GET /manage/accounts/:accountId */
export function showAccount(visit: ManageVisit, account: AccountInFull): Promise<Response> {
  const { manage } = visit.texts;
  const path = accountPath(account.id);
  return managePage(
    visit,
    { title: manage.account.title },
    <>
      <h1>{manage.account.title}</h1>
      <dl>
        {factsOf({ visit, account }).map(([term, fact]) => (
          <>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </>
        ))}
      </dl>
      <ul class="ways">
        <li>
          <a href={`${path}/sessions`}>{manage.sessions.title}</a>
        </li>
        <li>
          <a href={`${path}/events`}>{manage.events.title}</a>
        </li>
      </ul>
      <Deeds visit={visit} account={account} />
    </>,
  );
}

function factsOf({ visit: { context, texts }, account }: AccountShown): [string, Child][] {
  const { account: own, accountSecurity, manage } = texts;
  const { email, emailVerifiedAt, name, role, disabledAt, createdAt, means } = account;
  const words = manage.account;
  const now = context.clock.now();
  const moment = (at: Date) => <Moment texts={texts} at={at} now={now} />;
  return [
    [
      own.overview.email,
      <>
        <ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />
        {!emailVerifiedAt && ` (${own.overview.unconfirmed})`}
      </>,
    ],
    [
      own.overview.name,
      name ? (
        <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
      ) : (
        own.overview.noName
      ),
    ],
    [words.role, manage.roles[role]],
    [
      words.signIn,
      disabledAt ? <Sentence of={words.disabled} moment={moment(disabledAt)} /> : words.allowed,
    ],
    [words.password, passwordInWords(texts, account)],
    [
      accountSecurity.secondFactor.name,
      means.hasSecondFactor
        ? accountSecurity.secondFactor.on(means.recoveryCodesLeft)
        : accountSecurity.secondFactor.off,
    ],
    [accountSecurity.passkeys.name, accountSecurity.passkeys.count(means.passkeyCount)],
    [words.made, moment(createdAt)],
    [words.id, account.id],
  ];
}

function passwordInWords({ manage }: Texts, { means, mustResetPassword }: AccountInFull): string {
  const { set, notSet, mustChange } = manage.account;
  const state = means.hasPassword ? set : notSet;
  return mustResetPassword ? `${state} (${mustChange})` : state;
}

function Deeds({ visit: { texts, administrator }, account }: AccountShown) {
  const { manage } = texts;
  const isWithinReach = rolesWithin(administrator).includes(account.role);
  return (
    <>
      <h2>{manage.account.deeds}</h2>
      {isWithinReach ? (
        <ul class="ways">
          {deedsOpenTo(administrator, account).map((deed) => (
            <li>
              <a href={`${accountPath(account.id)}/${deed}`}>{manage.deeds[deed].title}</a>
            </li>
          ))}
        </ul>
      ) : (
        <p>{manage.account.outOfReach}</p>
      )}
    </>
  );
}
