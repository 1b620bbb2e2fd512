import type { Check } from "./check.ts";
import { boundsHashing } from "./checks/bounds-hashing.ts";
import { describesItself } from "./checks/describes-itself.ts";
import { hidesMailbox } from "./checks/hides-mailbox.ts";
import { isUp } from "./checks/is-up.ts";
import { keepsCookies } from "./checks/keeps-cookies.ts";
import { keepsTime } from "./checks/keeps-time.ts";
import { letsNoSiteIn } from "./checks/lets-no-site-in.ts";
import { maySendMail } from "./checks/may-send-mail.ts";
import { ordersMail } from "./checks/orders-mail.ts";
import { pacesDevices } from "./checks/paces-devices.ts";
import { protectsPages } from "./checks/protects-pages.ts";
import { publishesKeys } from "./checks/publishes-keys.ts";
import { redeemsOnce } from "./checks/redeems-once.ts";
import { refusesPlainly } from "./checks/refuses-plainly.ts";
import { speaksHttps } from "./checks/speaks-https.ts";
import { tellsNobody } from "./checks/tells-nobody.ts";

/** Everything that is looked at, in this order: what others depend on comes first, load last. */
export const checks: readonly Check[] = [
  isUp,
  speaksHttps,
  hidesMailbox,
  protectsPages,
  letsNoSiteIn,
  describesItself,
  refusesPlainly,
  tellsNobody,
  keepsTime,
  publishesKeys,
  keepsCookies,
  pacesDevices,
  redeemsOnce,
  maySendMail,
  ordersMail,
  boundsHashing,
];
