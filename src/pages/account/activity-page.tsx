import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { Sentence } from "../sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { EventList } from "./event-list.tsx";
import type { Visit } from "./visit.ts";

const EVENTS = 50;

/** GET /account/activity */
export async function showActivity(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, what, changePassword, signOut } = texts.accountActivity;
  http.var.log.operation = "listEvents";
  const listed = await operations.listEvents(context, { caller, most: EVENTS });
  if (listed instanceof Refused) {
    return barredPage(visit, title, listed.reason);
  }
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p class="prose">
        <Sentence
          of={what}
          count={EVENTS}
          link={<a href="/account/security/password">{changePassword}</a>}
          secure={<a href="/account/sessions/elsewhere">{signOut}</a>}
        />
      </p>
      <EventList visit={visit} events={listed.events} />
    </>,
  );
}
