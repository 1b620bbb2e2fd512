import { account } from "./en/account.ts";
import { errors } from "./en/errors.ts";
import { fields } from "./en/fields.ts";
import { shell } from "./en/shell.ts";
import { time } from "./en/time.ts";

/** Everything people read, in English. */
export const en = { account, shell, fields, errors, time };
