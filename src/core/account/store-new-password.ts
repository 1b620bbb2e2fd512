import type { StillIn } from "../caller/still-in.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";
import type { Credentials } from "./account.ts";

export interface Replacement {
  /** The password that was checked before, as it was typed. */
  currentPassword: string;
  /** What was proved beside it, to be spent by the write. */
  secondFactor: SecondFactorProof | "absent";
  /** The session that asks, which goes on where every other one ends; null for none. */
  by: StillIn | null;
  /** What the request calls the new password. */
  field: string;
}

/**
 * Replaces a password that was just proved to be known, and tells its owner by mail. Refuses the
 * same one again, a weak one, and as wrong the one that was replaced in the meantime. A second factor is
 * spent by the write that stores the password; one that was spent before is refused alike.
 */
export async function storeNewPassword(
  context: Context,
  credentials: Credentials,
  newPassword: string,
  { currentPassword, secondFactor, by, field }: Replacement,
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
  if (!(await replace(context, credentials, { newHash, secondFactor, by }))) {
    return new Refused("invalid_credentials");
  }
  notifyOwner(context, "password-changed", credentials.account, {
    sessionId: by?.sessionId ?? null,
  });
}

interface Write extends Pick<Replacement, "by" | "secondFactor"> {
  newHash: string;
}

/** False when the password was replaced since it was checked, or the second factor spent. */
async function replace(
  { accounts, clock, randomness }: Context,
  { account, passwordHash: checkedHash, passwordChangedAt }: Credentials,
  { newHash: passwordHash, secondFactor: proof, by }: Write,
): Promise<boolean> {
  const accountId = account.id;
  const spentOn = randomness.id(clock.now());
  const over = (expectedHash: string | null) =>
    accounts.changePassword({
      accountId,
      expectedHash,
      passwordHash,
      secondFactor: proof === "absent" ? null : { proof, spentOn },
      by,
      now: clock.now(),
    });
  if (await over(checkedHash)) {
    return true;
  }
  // The check may have renewed the hash meanwhile: the password is the same one still. None is not.
  const current = await accounts.findCredentials({ accountId });
  const isSame = current?.passwordChangedAt.getTime() === passwordChangedAt.getTime();
  return current !== null && current.passwordHash !== null && isSame && over(current.passwordHash);
}
