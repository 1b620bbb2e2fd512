import { type PolicyReason, Refused } from "../../core/refused.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { Barred } from "../frame/barred.tsx";
import { errorPage } from "../frame/error-page.tsx";
import { signedInPage } from "../session/signed-in-page.tsx";
import type { Visit } from "../session/visit.ts";
import { managePage } from "./manage-page.tsx";

type Reason = PolicyReason | "role_too_low" | "rate_limited" | "invalid_request" | "target_unknown";

/** Says why a page is not shown, in place of it. */
export function refusedPage(visit: Visit, refused: Refused<Reason>): Promise<Response> {
  const { http } = visit;
  const { reason } = refused;
  switch (reason) {
    case "invalid_request":
    case "rate_limited":
      return errorPage(http, new Refused(reason, refused));
    case "target_unknown":
      noteRefusal(http, refused);
      return unknownPage(visit);
    default:
      noteRefusal(http, refused);
      return closedPage(visit, reason);
  }
}

/** The same for an account of another tenant as for one that there never was. */
function unknownPage(visit: Visit): Promise<Response> {
  const { title, what, search } = visit.texts.manage.unknown;
  return managePage(
    visit,
    { title, status: 404 },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <p>
        <a href="/manage">{search}</a>
      </p>
    </>,
  );
}

/** Who comes with the wrong one of two accounts comes back here with the other. */
function closedPage(visit: Visit, reason: PolicyReason | "role_too_low"): Promise<Response> {
  const { texts, page } = visit;
  const { title, what } = texts.manage.closed;
  return signedInPage(
    visit,
    { title, status: 403, returnPath: page },
    <>
      <h1>{title}</h1>
      {reason === "role_too_low" ? <p>{what}</p> : <Barred texts={texts} reason={reason} />}
    </>,
  );
}
