import { type PolicyReason, Refused } from "../../core/refused.ts";
import type { Texts } from "../../texts/texts.ts";
import { noteRefusal } from "../note-refusal.ts";
import { accountPage } from "./account-page.tsx";
import type { Visit } from "./visit.ts";

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

/** The same as a part of a page that they may see. */
export function Barred({ texts, reason }: { texts: Texts; reason: PolicyReason }) {
  const { barred } = texts.account;
  const [path, name] =
    reason === "password_change_required"
      ? ["/account/security/password", barred.changePassword]
      : ["/account/profile", barred.seeProfile];
  return (
    <>
      <p>{barred[reason]}</p>
      <p>
        <a href={path}>{name}</a>
      </p>
    </>
  );
}
