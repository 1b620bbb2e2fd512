import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { Barred } from "../frame/barred.tsx";
import { mayManage } from "../session/may-manage.ts";
import type { Visit } from "../session/visit.ts";
import { EventList } from "../words/event-list.tsx";
import { ForeignText } from "../words/foreign-text.tsx";
import { accountPage } from "./account-page.tsx";

const EVENTS = 3;
const NAME_MAX_LENGTH = 80;

/** GET /account */
export async function showOverview(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "listEvents";
  const listed = await operations.listEvents(context, { caller, most: EVENTS });
  const { title, manage, latest } = texts.account.overview;
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <AtAGlance visit={visit} />
      {mayManage(visit) && (
        <p>
          <a href="/manage">{manage}</a>
        </p>
      )}
      {listed instanceof Refused ? (
        <Barred texts={texts} reason={listed.reason} />
      ) : (
        <>
          <h2>{latest}</h2>
          <EventList visit={visit} events={listed.events} />
        </>
      )}
    </>,
  );
}

function AtAGlance({ visit: { caller, texts } }: { visit: Visit }) {
  const { name, email, emailVerifiedAt, twoFactorEnabled } = caller.account;
  const words = texts.account.overview;
  return (
    <dl>
      <dt>{words.name}</dt>
      <dd>
        {name ? (
          <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
        ) : (
          words.noName
        )}
      </dd>
      <dt>{words.email}</dt>
      <dd>
        <ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />
        {!emailVerifiedAt && (
          <>
            {` (${words.unconfirmed}) `}
            <a href="/account/security/email">{words.confirm}</a>
          </>
        )}
      </dd>
      <dt>{words.secondFactor}</dt>
      <dd>
        {twoFactorEnabled ? (
          words.on
        ) : (
          <>
            {words.off} <a href="/account/security/two-factor">{words.turnOn}</a>
          </>
        )}
      </dd>
    </dl>
  );
}
