import { type PolicyReason, Refused } from "../../core/refused.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { Barred } from "../frame/barred.tsx";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { accountPage } from "./account-page.tsx";

/**
 * Says why whoever is signed in may not see a page or do something, and what they can do. Whose session has
 * ended meanwhile signs in again, like everybody who comes a moment later.
 */
export async function barredPage(
  visit: Visit,
  title: string,
  reason: PolicyReason | "access_token_invalid",
): Promise<Response> {
  noteRefusal(visit.http, new Refused(reason));
  if (reason === "access_token_invalid") {
    return seeOther(visit.http, signInPath(visit.page));
  }
  return accountPage(
    visit,
    { title, status: 403 },
    <>
      <h1>{title}</h1>
      <Barred texts={visit.texts} reason={reason} />
    </>,
  );
}
