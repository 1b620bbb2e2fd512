import * as z from "zod";
import type { AccountInFull } from "../../core/admin/account-records.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Texts } from "../../texts/texts.ts";
import { EventList } from "../words/event-list.tsx";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { OfAccount } from "./about-account.tsx";
import { accountPath } from "./account-link.tsx";
import { managePage } from "./manage-page.tsx";
import type { ManageVisit } from "./manage-visit.ts";
import { refusedPage } from "./refused-page.tsx";

const MOST = 50;
const ACTOR_MAX_LENGTH = 80;
const id = z.uuid();

/** GET /manage/accounts/:accountId/events: the newest, or those before an event. */
export async function showEvents(visit: ManageVisit, account: AccountInFull): Promise<Response> {
  const { http, context, administrator: caller, texts } = visit;
  const { accountActivity, manage } = texts;
  const { title, words } = manage.events;
  http.var.log.operation = "listAccountEvents";
  const beforeId = id.safeParse(http.req.query("before")).data ?? null;
  const asked = { caller, accountId: account.id, beforeId, most: MOST };
  const listed = await operations.listAccountEvents(context, asked);
  if (listed instanceof Refused) {
    return refusedPage(visit, listed);
  }
  return managePage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <OfAccount visit={visit} account={account} />
      <EventList
        visit={visit}
        events={listed.events}
        words={{ ...accountActivity, events: { ...accountActivity.events, ...words } }}
        by={(event) => <Actor texts={texts} event={event} />}
      />
      {listed.next && (
        <p>
          <a href={`${accountPath(account.id)}/events?before=${listed.next}`}>
            {accountActivity.older}
          </a>
        </p>
      )}
    </>,
  );
}

/** Who did it, where that is known and is somebody else. Programs have no page. */
function Actor({ texts, event }: { texts: Texts; event: AuditEvent }) {
  const { actorId, accountId } = event;
  const shown = <ForeignText texts={texts} text={actorId} maxLength={ACTOR_MAX_LENGTH} />;
  const actor = id.safeParse(actorId).success ? <a href={accountPath(actorId)}>{shown}</a> : shown;
  return actorId === "" || actorId === accountId ? null : (
    <p class="hint">
      <Sentence of={texts.manage.events.by} actor={actor} />
    </p>
  );
}
