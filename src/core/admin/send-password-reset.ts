import type { Context } from "../ports.ts";
import { administered } from "./administered.ts";
import { orderAccountMail, type Whom } from "./order-account-mail.ts";

/**
 * Mails a link to set a password to an account's own address: the password that it has goes on working
 * until the link is used. Counted like those that people ask for themselves.
 */
export const sendPasswordReset = administered(
  { scopes: ["admin:accounts"], changes: true },
  (context: Context, input: Whom) => orderAccountMail(context, input, "reset-password"),
);
