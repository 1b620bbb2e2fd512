import type { Visit } from "../session/visit.ts";
import { type Section, type VisitAnswers, visitHandlers } from "../session/visit-answers.tsx";
import { accountPage } from "./account-page.tsx";
import { showActivity } from "./activity-page.tsx";
import { postConfirmAgain, postEmail, showEmail } from "./email-page.tsx";
import { postDeleteKey, postKey, showKeys } from "./keys-page.tsx";
import { showOverview } from "./overview-page.tsx";
import { postRemovePasskey, postRenamePasskey } from "./passkey-forms.ts";
import { postPasskey, showPasskeys } from "./passkeys-page.tsx";
import { postPassword, showPassword } from "./password-page.tsx";
import { postProfile, showProfile } from "./profile-page.tsx";
import { postReplaceCodes, showReplaceCodes } from "./replace-codes-page.tsx";
import { showSecurity } from "./security-page.tsx";
import { postEndSession, postRenameSession } from "./session-forms.ts";
import { showSessions } from "./sessions-page.tsx";
import { confirmSetUp, startSetUp } from "./set-up-page.tsx";
import { postElsewhere, showElsewhere } from "./sign-out-elsewhere-page.tsx";
import { postTurnOff, showTurnOff } from "./turn-off-page.tsx";
import { showTwoFactor } from "./two-factor-page.tsx";

/** Every page on which people see to their own account. */
export const accountRoutes: Readonly<Record<string, VisitAnswers<Visit>>> = {
  "/account": { GET: showOverview },
  "/account/profile": { GET: showProfile, POST: postProfile },
  "/account/security": { GET: showSecurity },
  "/account/security/password": { GET: showPassword, SENSITIVE: postPassword },
  "/account/security/email": { GET: showEmail, SENSITIVE: postEmail },
  "/account/security/email/again": { POST: postConfirmAgain },
  "/account/security/two-factor": { GET: showTwoFactor, SENSITIVE: startSetUp },
  "/account/security/two-factor/confirm": { SENSITIVE: confirmSetUp },
  "/account/security/two-factor-off": { GET: showTurnOff, SENSITIVE: postTurnOff },
  "/account/security/recovery-codes": { GET: showReplaceCodes, SENSITIVE: postReplaceCodes },
  "/account/passkeys": { GET: showPasskeys, SENSITIVE: postPasskey },
  "/account/passkeys/rename": { SENSITIVE: postRenamePasskey },
  "/account/passkeys/remove": { SENSITIVE: postRemovePasskey },
  "/account/sessions": { GET: showSessions },
  "/account/sessions/end": { POST: postEndSession },
  "/account/sessions/rename": { POST: postRenameSession },
  "/account/sessions/elsewhere": { GET: showElsewhere, POST: postElsewhere },
  "/account/keys": { GET: showKeys, SENSITIVE: postKey },
  "/account/keys/delete": { SENSITIVE: postDeleteKey },
  "/account/activity": { GET: showActivity },
};

/** For whoever is signed in: each page says by itself to whom it is closed. */
const section: Section<Visit> = { admit: async (visit) => visit, layOut: accountPage };

/** The same, to be mounted beside the other pages. */
export const accountPages = Object.fromEntries(
  Object.entries(accountRoutes).map(([path, answers]) => [
    path,
    visitHandlers(path, answers, section),
  ]),
);
