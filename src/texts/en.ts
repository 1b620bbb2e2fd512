import { account } from "./en/account.ts";
import { accountActivity } from "./en/account-activity.ts";
import { accountEmail } from "./en/account-email.ts";
import { accountKeys } from "./en/account-keys.ts";
import { accountPasskeys } from "./en/account-passkeys.ts";
import { accountProfile } from "./en/account-profile.ts";
import { accountSecondFactor } from "./en/account-second-factor.ts";
import { accountSecurity } from "./en/account-security.ts";
import { accountSessions } from "./en/account-sessions.ts";
import { authorizationErrors } from "./en/authorization-errors.ts";
import { consent } from "./en/consent.ts";
import { deadLink } from "./en/dead-link.ts";
import { device } from "./en/device.ts";
import { emailChange } from "./en/email-change.ts";
import { errors } from "./en/errors.ts";
import { fields } from "./en/fields.ts";
import { forgot } from "./en/forgot.ts";
import { front } from "./en/front.ts";
import { lapsedSignIn } from "./en/lapsed-sign-in.ts";
import { mail } from "./en/mail.ts";
import { mailbox } from "./en/mailbox.ts";
import { mailedCode } from "./en/mailed-code.ts";
import { manage } from "./en/manage.ts";
import { passkey } from "./en/passkey.ts";
import { places } from "./en/places.ts";
import { register } from "./en/register.ts";
import { reset } from "./en/reset.ts";
import { scopes } from "./en/scopes.ts";
import { secondFactor } from "./en/second-factor.ts";
import { secure } from "./en/secure.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { time } from "./en/time.ts";
import { verify } from "./en/verify.ts";
import { weakPassword } from "./en/weak-password.ts";

/** Everything people read, in English. */
export const en = {
  account,
  accountActivity,
  accountEmail,
  accountKeys,
  accountPasskeys,
  accountProfile,
  accountSecondFactor,
  accountSecurity,
  accountSessions,
  authorizationErrors,
  consent,
  deadLink,
  device,
  emailChange,
  errors,
  fields,
  forgot,
  front,
  lapsedSignIn,
  mail,
  mailbox,
  mailedCode,
  manage,
  passkey,
  places,
  register,
  reset,
  scopes,
  secondFactor,
  secure,
  shell,
  signIn,
  time,
  verify,
  weakPassword,
};
