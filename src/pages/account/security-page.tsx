import type { PropsWithChildren } from "hono/jsx";
import type { SignInMeans } from "../../core/account/sign-in-means.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { fill } from "../../texts/fill.ts";
import { momentInWords } from "../../texts/moment-in-words.ts";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { FewCodes } from "./few-codes.tsx";

/** GET /account/security */
export async function showSecurity(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title } = texts.accountSecurity;
  http.var.log.operation = "describeSignInMeans";
  const means = await operations.describeSignInMeans(context, { caller });
  if (means instanceof Refused) {
    return barredPage(visit, title, means.reason);
  }
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <Means visit={visit} means={means} />
    </>,
  );
}

function Means({ visit, means }: { visit: Visit; means: SignInMeans }) {
  const { password, email, secondFactor, passkeys, elsewhere } = visit.texts.accountSecurity;
  const { hasPassword, hasSecondFactor, recoveryCodesLeft, passkeyCount } = means;
  return (
    <ul class="entries">
      <Row
        name={password.name}
        path="/account/security/password"
        action={hasPassword ? password.change : password.setFirst}
      >
        <p>{hasPassword ? password.set : password.none}</p>
      </Row>
      <Row
        name={email.name}
        path="/account/security/email"
        action={visit.caller.account.emailVerifiedAt ? email.change : email.confirm}
      >
        <Email visit={visit} />
        <MailStops visit={visit} until={means.mailStopsUntil} />
      </Row>
      <Row
        name={secondFactor.name}
        path="/account/security/two-factor"
        action={hasSecondFactor ? secondFactor.manage : secondFactor.setUp}
      >
        <p>{hasSecondFactor ? secondFactor.on(recoveryCodesLeft) : secondFactor.off}</p>
        <FewCodes texts={visit.texts} means={means} />
      </Row>
      <Row
        name={passkeys.name}
        path="/account/passkeys"
        action={passkeyCount > 0 ? passkeys.manage : passkeys.add}
      >
        <p>{passkeys.count(passkeyCount)}</p>
      </Row>
      <Row name={elsewhere.name} path="/account/sessions/elsewhere" action={elsewhere.end}>
        <p>{elsewhere.what}</p>
      </Row>
    </ul>
  );
}

interface RowProps {
  name: string;
  path: string;
  action: string;
}

function Row({ name, path, action, children }: PropsWithChildren<RowProps>) {
  return (
    <li class="row">
      <div>
        <h2>{name}</h2>
        {children}
      </div>
      <a href={path}>{action}</a>
    </li>
  );
}

/**
 * Tells whoever is sent nothing any more: nobody else can. Not of an address that is not theirs for
 * certain: it would tell anybody whether there is such a mailbox.
 */
function MailStops({ visit: { caller, texts }, until }: { visit: Visit; until: Date | null }) {
  return until && caller.account.emailVerifiedAt ? (
    <div class="alert" role="note">
      <p>{fill(texts.accountSecurity.email.stops, { until: momentInWords(texts.time, until) })}</p>
    </div>
  ) : null;
}

function Email({ visit: { caller, texts } }: { visit: Visit }) {
  const { email, emailVerifiedAt } = caller.account;
  const shown = <ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />;
  return (
    <p>
      {emailVerifiedAt ? (
        shown
      ) : (
        <Sentence of={texts.accountSecurity.email.unconfirmed} email={shown} />
      )}
    </p>
  );
}
