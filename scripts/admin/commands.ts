import { allowFrontEnd } from "./allow-front-end.ts";
import { auditExport } from "./audit-export.ts";
import { auditVerify } from "./audit-verify.ts";
import type { Command, Plan } from "./command.ts";
import { createClient } from "./create-client.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { createWebhook } from "./create-webhook.ts";
import { disableAccount } from "./disable-account.ts";
import { enableAccount } from "./enable-account.ts";
import { enableWebhook } from "./enable-webhook.ts";
import { endSessions } from "./end-sessions.ts";
import { exportCommand } from "./export.ts";
import { exportPerson } from "./export-person.ts";
import { findAccounts } from "./find-accounts.ts";
import { importCommand } from "./import.ts";
import { invite } from "./invite.ts";
import { liftSuppression } from "./lift-suppression.ts";
import { listClients } from "./list-clients.ts";
import { listFrontEnds } from "./list-front-ends.ts";
import { listKeys } from "./list-keys.ts";
import { listSigningKeys } from "./list-signing-keys.ts";
import { listSuppressed } from "./list-suppressed.ts";
import { listTenants } from "./list-tenants.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { removeAccount } from "./remove-account.ts";
import { removeClient } from "./remove-client.ts";
import { removeFrontEnd } from "./remove-front-end.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { removeWebhook } from "./remove-webhook.ts";
import { retireSigningKey } from "./retire-signing-key.ts";
import { revokeKey } from "./revoke-key.ts";
import { rotateSigningKey } from "./rotate-signing-key.ts";
import { rotateWebhook } from "./rotate-webhook.ts";
import { secretStatus } from "./secret-status.ts";
import { sendPasswordReset } from "./send-password-reset.ts";
import { setBrand } from "./set-brand.ts";
import { setClient } from "./set-client.ts";
import { setFlag } from "./set-flag.ts";
import { setLetter } from "./set-letter.ts";
import { setRegistration } from "./set-registration.ts";
import { setRole } from "./set-role.ts";
import { setSender } from "./set-sender.ts";

/** Every command, by what people type, in the order in which they are listed. */
export const COMMANDS: Readonly<Record<string, Command<Plan>>> = {
  "create-superadmin": createSuperadmin,
  invite,
  "create-tenant": createTenant,
  "list-tenants": listTenants,
  "set-registration": setRegistration,
  "set-brand": setBrand,
  "set-sender": setSender,
  "set-letter": setLetter,
  "create-client": createClient,
  "list-clients": listClients,
  "set-client": setClient,
  "remove-client": removeClient,
  "find-accounts": findAccounts,
  "set-role": setRole,
  "set-flag": setFlag,
  "disable-account": disableAccount,
  "enable-account": enableAccount,
  "end-sessions": endSessions,
  "send-password-reset": sendPasswordReset,
  "remove-second-factor": removeSecondFactor,
  "list-keys": listKeys,
  "revoke-key": revokeKey,
  "remove-account": removeAccount,
  "allow-front-end": allowFrontEnd,
  "list-front-ends": listFrontEnds,
  "remove-front-end": removeFrontEnd,
  "list-suppressed": listSuppressed,
  "lift-suppression": liftSuppression,
  "list-signing-keys": listSigningKeys,
  "rotate-signing-key": rotateSigningKey,
  "retire-signing-key": retireSigningKey,
  "secret-status": secretStatus,
  "create-webhook": createWebhook,
  "list-webhooks": listWebhooks,
  "rotate-webhook": rotateWebhook,
  "enable-webhook": enableWebhook,
  "remove-webhook": removeWebhook,
  "audit verify": auditVerify,
  "audit export": auditExport,
  import: importCommand,
  export: exportCommand,
  "export-person": exportPerson,
};
