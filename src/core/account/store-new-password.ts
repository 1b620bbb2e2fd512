import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Credentials } from "./account.ts";
import { normalisePassword, refuseWeakPassword } from "./password-policy.ts";

export interface Replacement {
  /** The password that was checked before, as it was typed. */
  currentPassword: string;
  /** The session that goes on; every other one ends. */
  keepSessionId: string | null;
  /** What the request calls the new password. */
  field: string;
}

/**
 * Replaces a password that was just proved to be known, and tells its owner by mail. Refuses the
 * same one again, a weak one, and as wrong the one that was replaced in the meantime.
 */
export async function storeNewPassword(
  context: Context,
  credentials: Credentials,
  newPassword: string,
  { currentPassword, keepSessionId, field }: Replacement,
): Promise<void | Refused<"weak_password" | "password_unchanged" | "invalid_credentials">> {
  const { passwordHashes } = context;
  const password = normalisePassword(newPassword);
  if (password === normalisePassword(currentPassword)) {
    const issue = "must be another one than before";
    return new Refused("password_unchanged", { fields: [{ field, issue }] });
  }
  const weak = await refuseWeakPassword(context, password, credentials.account);
  if (weak) {
    return new Refused(weak.reason, { fields: weak.fields.map((issue) => ({ ...issue, field })) });
  }
  const newHash = await passwordHashes.hash(password);
  if (!(await replace(context, credentials, newHash, keepSessionId))) {
    return new Refused("invalid_credentials");
  }
  notifyOwner(context, "password-changed", credentials.account, { sessionId: keepSessionId });
}

/** False when the password was replaced since it was checked. */
async function replace(
  { accounts, clock }: Context,
  { account, passwordHash: checkedHash, passwordChangedAt }: Credentials,
  passwordHash: string,
  keepSessionId: string | null,
): Promise<boolean> {
  const accountId = account.id;
  const over = (expectedHash: string | null) =>
    accounts.changePassword({
      accountId,
      expectedHash,
      passwordHash,
      keepSessionId,
      now: clock.now(),
    });
  if (await over(checkedHash)) {
    return true;
  }
  // The check may have renewed the hash meanwhile: the password is the same one still.
  const current = await accounts.findCredentials({ accountId });
  const isSame = current?.passwordChangedAt.getTime() === passwordChangedAt.getTime();
  return current !== null && isSame && over(current.passwordHash);
}
