import { operations } from "../../core/operations.ts";
import type { Form } from "../form/form-post.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { barredPage } from "./barred-page.tsx";

const SESSIONS = "/account/sessions";

/** POST /account/sessions/end. One that has ended before is as it should be. */
export async function postEndSession(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "revokeSession";
  const { session: sessionId = "" } = form;
  const refused = await operations.revokeSession(context, { caller, sessionId });
  switch (refused?.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountSessions.title, refused.reason);
    default:
      if (refused) {
        noteRefusal(http, refused);
      }
      return seeDone(visit, SESSIONS, "sessionEnded");
  }
}

/** POST /account/sessions/rename */
export async function postRenameSession(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "renameSession";
  const { session: sessionId = "", name = "" } = form;
  const refused = await operations.renameSession(context, { caller, sessionId, name });
  if (!refused) {
    return seeDone(visit, SESSIONS, "sessionRenamed");
  }
  switch (refused.reason) {
    case "session_unknown":
      // It has ended meanwhile: the list shows that it is gone.
      noteRefusal(http, refused);
      return seeOther(http, SESSIONS);
    default:
      return barredPage(visit, texts.accountSessions.title, refused.reason);
  }
}
