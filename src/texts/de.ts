import { account } from "./de/account.ts";
import { errors } from "./de/errors.ts";
import { fields } from "./de/fields.ts";
import { shell } from "./de/shell.ts";
import { time } from "./de/time.ts";
import type { Texts } from "./texts.ts";

/** Everything people read, in German. */
export const de: Texts = { account, shell, fields, errors, time };
