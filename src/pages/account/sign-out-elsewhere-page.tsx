import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { TokenForm } from "../form/token-form.tsx";
import { seeDone } from "../frame/notice.ts";
import type { Visit } from "../session/visit.ts";
import { Sentence } from "../words/sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";

/** GET /account/sessions/elsewhere: says what it does. In an emergency nobody is asked who they are. */
export async function showElsewhere(visit: Visit): Promise<Response> {
  const { caller, texts } = visit;
  const { elsewhere } = texts.accountSessions;
  const barred = operations.revokeOtherSessions.refuseCaller(caller);
  if (barred) {
    return barredPage(visit, elsewhere.title, barred.reason);
  }
  return accountPage(
    visit,
    { title: elsewhere.title },
    <>
      <h1>{elsewhere.title}</h1>
      <p>{elsewhere.what}</p>
      <p class="prose">
        <Sentence of={elsewhere.keys} link={<a href="/account/keys">{elsewhere.keysLink}</a>} />
      </p>
      <p class="prose">
        <Sentence
          of={elsewhere.password}
          link={<a href="/account/security/password">{elsewhere.passwordLink}</a>}
        />
      </p>
      <TokenForm visit={visit}>
        <button type="submit">{elsewhere.submit}</button>
      </TokenForm>
    </>,
  );
}

/** POST /account/sessions/elsewhere */
export async function postElsewhere(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "revokeOtherSessions";
  const revoked = await operations.revokeOtherSessions(context, { caller });
  return revoked instanceof Refused
    ? barredPage(visit, texts.accountSessions.elsewhere.title, revoked.reason)
    : seeDone(visit, "/account/sessions", "sessionsEnded");
}
