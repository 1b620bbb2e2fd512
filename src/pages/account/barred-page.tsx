import { type PolicyReason, Refused } from "../../core/refused.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { Barred } from "../frame/barred.tsx";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";

/** Says why whoever is signed in may not see a page or do something, and what they can do. */
export function barredPage(visit: Visit, title: string, reason: PolicyReason): Promise<Response> {
  noteRefusal(visit.http, new Refused(reason));
  return accountPage(
    visit,
    { title, status: 403 },
    <>
      <h1>{title}</h1>
      <Barred texts={visit.texts} reason={reason} />
    </>,
  );
}
