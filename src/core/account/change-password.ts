import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { checkPassword } from "../password/check-password.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { storeNewPassword } from "./store-new-password.ts";

/**
 * Changes the caller's password for who knows the current one, and ends every session but the one
 * that asks. Guesses at the current password count like those of a sign-in.
 */
export const changePassword = guarded(
  { beforePasswordChange: true, changes: true },
  async (
    context: Context,
    { caller, currentPassword, newPassword }: PasswordChange,
    by,
  ): Promise<void | Refused<
    "invalid_credentials" | "weak_password" | "password_unchanged" | "rate_limited"
  >> => {
    const { email } = caller.account;
    const credentials = await checkPassword(context, { email, password: currentPassword });
    if (credentials instanceof Refused) {
      return credentials;
    }
    return storeNewPassword(context, credentials, newPassword, {
      currentPassword,
      secondFactor: "absent",
      by,
      field: "new_password",
    });
  },
);

export interface PasswordChange {
  caller: Caller;
  currentPassword: string;
  newPassword: string;
}
