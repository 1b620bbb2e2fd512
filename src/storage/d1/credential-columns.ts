import type { Account, Credentials } from "../../core/account/account.ts";
import { accountColumns } from "./account-columns.ts";
import { accounts, passwords, secondFactors } from "./schema.ts";

/** What a query for credentials gives, where it joins passwords and left-joins second factors. */
export const credentialColumns = {
  account: accountColumns,
  disabledAt: accounts.disabledAt,
  password: passwords,
  sealedSecret: secondFactors.sealedSecret,
  lastStep: secondFactors.lastStep,
};

interface CredentialRow {
  account: Account;
  disabledAt: Date | null;
  password: typeof passwords.$inferSelect;
  sealedSecret: string | null;
  lastStep: number | null;
}

export function credentialsOf({
  account,
  disabledAt,
  password,
  sealedSecret,
  lastStep,
}: CredentialRow): Credentials {
  const isOn = account.twoFactorEnabled && sealedSecret !== null && lastStep !== null;
  return {
    account,
    passwordHash: password.hash,
    passwordChangedAt: password.changedAt,
    disabled: disabledAt !== null,
    secondFactor: isOn ? { sealedSecret, lastStep } : null,
  };
}
