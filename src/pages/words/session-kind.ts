import { DEVICE_CODE_GRANT } from "../../core/client/client.ts";
import type { ListedSession } from "../../core/session/sessions.ts";
import type { Texts } from "../../texts/texts.ts";
import { terms } from "../terms.ts";

/** What is signed in: somebody's browser, a device or app of theirs, a program, or an administrator. */
export function kindOf({
  actorId,
  app,
  clientId,
  contract,
}: Pick<
  ListedSession,
  "actorId" | "app" | "clientId" | "contract"
>): keyof Texts["accountSessions"]["kinds"] {
  if (actorId !== null) {
    return "administrator";
  }
  if (clientId === null) {
    return contract === terms.contract ? "browser" : "program";
  }
  // Through OAuth an app may be connected too; a contract connects devices alone.
  const isApp = contract === "oauth" && app?.grants.includes(DEVICE_CODE_GRANT) === false;
  return isApp ? "app" : "device";
}
