import { type PolicyReason, Refused } from "../../core/refused.ts";
import { Barred } from "../barred.tsx";
import { noteRefusal } from "../note-refusal.ts";
import type { Visit } from "../visit.ts";
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
