import type { Context } from "../ports.ts";
import { administered } from "./administered.ts";
import { orderAccountMail, type Whom } from "./order-account-mail.ts";

/**
 * Mails the same link as `sendPasswordReset` in other words, for somebody who has not been here yet; it
 * works for three days. Where there is a password by the time it is written, it is that letter.
 */
export const inviteAccount = administered(
  { scopes: ["admin:accounts"], changes: true },
  (context: Context, input: Whom) => orderAccountMail(context, input, "invitation"),
);
