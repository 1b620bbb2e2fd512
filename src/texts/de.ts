import { account } from "./de/account.ts";
import { accountActivity } from "./de/account-activity.ts";
import { accountEmail } from "./de/account-email.ts";
import { accountKeys } from "./de/account-keys.ts";
import { accountPasskeys } from "./de/account-passkeys.ts";
import { accountProfile } from "./de/account-profile.ts";
import { accountSecondFactor } from "./de/account-second-factor.ts";
import { accountSecurity } from "./de/account-security.ts";
import { accountSessions } from "./de/account-sessions.ts";
import { authorizationErrors } from "./de/authorization-errors.ts";
import { consent } from "./de/consent.ts";
import { deadLink } from "./de/dead-link.ts";
import { device } from "./de/device.ts";
import { emailChange } from "./de/email-change.ts";
import { errors } from "./de/errors.ts";
import { fields } from "./de/fields.ts";
import { forgot } from "./de/forgot.ts";
import { front } from "./de/front.ts";
import { lapsedSignIn } from "./de/lapsed-sign-in.ts";
import { mail } from "./de/mail.ts";
import { mailbox } from "./de/mailbox.ts";
import { mailedCode } from "./de/mailed-code.ts";
import { manage } from "./de/manage.ts";
import { passkey } from "./de/passkey.ts";
import { places } from "./de/places.ts";
import { register } from "./de/register.ts";
import { reset } from "./de/reset.ts";
import { scopes } from "./de/scopes.ts";
import { secondFactor } from "./de/second-factor.ts";
import { secure } from "./de/secure.ts";
import { shell } from "./de/shell.ts";
import { signIn } from "./de/sign-in.ts";
import { time } from "./de/time.ts";
import { verify } from "./de/verify.ts";
import { weakPassword } from "./de/weak-password.ts";
import type { Texts } from "./texts.ts";

/** Everything people read, in German. */
export const de: Texts = {
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
