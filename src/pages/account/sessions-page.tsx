import type { Caller } from "../../core/caller/caller.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { ListedSession } from "../../core/session/sessions.ts";
import { fill } from "../../texts/fill.ts";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { SessionEntry } from "./session-entry.tsx";

/** How many are shown: an account has a handful, and a page weighs less than 15 KiB. */
const MOST = 50;

/** GET /account/sessions: everything that is signed in, whichever way it came in. */
export async function showSessions(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, what, most, elsewhere } = texts.accountSessions;
  http.var.log.operation = "listSessions";
  const listed = await operations.listSessions(context, { caller, most: MOST });
  if (listed instanceof Refused) {
    const isBarredYet = listed.reason === "password_change_required";
    return barredPage(visit, title, isBarredYet ? listed.reason : "insufficient_scope");
  }
  const { sessions } = listed;
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      {sessions.length === MOST && <p>{fill(most, { count: MOST })}</p>}
      <p>
        <a href="/account/sessions/elsewhere">{elsewhere.title}</a>
      </p>
      <ul class="entries">
        {withThis(caller, sessions).map((session) => (
          <li>
            <SessionEntry
              visit={visit}
              session={session}
              isThis={session.id === caller.session.id}
            />
          </li>
        ))}
      </ul>
    </>,
  );
}

/** Very many may be newer than the one that asks, which is then shown before them. */
function withThis({ session }: Caller, listed: readonly ListedSession[]): readonly ListedSession[] {
  const isListed = listed.some(({ id }) => id === session.id);
  return isListed ? listed : [{ ...session, app: null }, ...listed];
}
