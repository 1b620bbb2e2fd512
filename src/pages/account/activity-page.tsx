import * as z from "zod";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Visit } from "../session/visit.ts";
import { EventList } from "../words/event-list.tsx";
import { Sentence } from "../words/sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";

const EVENTS = 50;
const eventId = z.uuid();

/** GET /account/activity: the newest, or those before an event. */
export async function showActivity(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, what, changePassword, signOut, older } = texts.accountActivity;
  http.var.log.operation = "listEvents";
  const beforeId = eventId.safeParse(http.req.query("before")).data ?? null;
  const listed = await operations.listEvents(context, { caller, most: EVENTS, beforeId });
  if (listed instanceof Refused) {
    return barredPage(visit, title, listed.reason);
  }
  const oldest = listed.hasOlder ? listed.events.at(-1) : undefined;
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
      {oldest && (
        <p>
          <a href={`/account/activity?before=${oldest.id}`}>{older}</a>
        </p>
      )}
    </>,
  );
}
