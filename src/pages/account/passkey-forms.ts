import { operations } from "../../core/operations.ts";
import type { Form } from "../form/form-post.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { barredPage } from "./barred-page.tsx";
import { typedName } from "./typed-name.ts";

const PASSKEYS = "/account/passkeys";

/** POST /account/passkeys/rename. Without a name that can be read it stays as it is. */
export async function postRenamePasskey(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "renamePasskey";
  const { passkey: passkeyId = "" } = form;
  const name = typedName.safeParse(form.name);
  if (!name.success) {
    http.var.log.reason = "invalid_request";
    return seeOther(http, PASSKEYS);
  }
  const refused = await operations.renamePasskey(context, { caller, passkeyId, name: name.data });
  if (!refused) {
    return seeDone(visit, PASSKEYS, "passkeyRenamed");
  }
  switch (refused.reason) {
    case "passkey_unknown":
      // It was removed meanwhile: the list shows that it is gone.
      noteRefusal(http, refused);
      return seeOther(http, PASSKEYS);
    default:
      return barredPage(visit, texts.accountPasskeys.title, refused.reason);
  }
}

/** POST /account/passkeys/remove. One that is gone is as it should be. */
export async function postRemovePasskey(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "removePasskey";
  const { passkey: passkeyId = "" } = form;
  const refused = await operations.removePasskey(context, { caller, passkeyId });
  if (refused) {
    noteRefusal(http, refused);
  }
  switch (refused?.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountPasskeys.title, refused.reason);
    case "sign_in_stale":
      return seeOther(http, signInPath(PASSKEYS));
    default:
      return seeDone(visit, PASSKEYS, "passkeyRemoved");
  }
}
