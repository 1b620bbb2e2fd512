import type { Account, Credentials } from "./account.ts";

/** What an account signs in with right after it was stored, without reading it back. */
export function newCredentials(account: Account): Credentials {
  return {
    account,
    // Nobody compares it any more.
    passwordHash: null,
    passwordChangedAt: account.createdAt,
    disabled: false,
    secondFactor: null,
  };
}
