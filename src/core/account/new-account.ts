import type { Context } from "../ports.ts";
import type { Account, Role } from "./account.ts";
import type { PersonName } from "./person-name.ts";

export const TRIAL_MS = 30 * 24 * 3600 * 1000;

export interface AccountStart {
  /** In the spelling of `normaliseEmail`. */
  email: string;
  /** Null until somebody says one. */
  name: PersonName | null;
  role?: Role;
  /** When the address was proved; null while it is not. */
  emailVerifiedAt?: Date | null;
}

/** An account of the tenant that is asked, as it begins: nothing is stored yet. */
export function newAccount(
  { clock, randomness, tenantId }: Context,
  { email, name, role = "user", emailVerifiedAt = null }: AccountStart,
): Account {
  const now = clock.now();
  return {
    id: randomness.id(now),
    tenantId,
    email,
    name: name?.name ?? null,
    givenName: name?.givenName ?? null,
    familyName: name?.familyName ?? null,
    role,
    emailVerifiedAt,
    mustResetPassword: false,
    zapier: false,
    twoFactorEnabled: false,
    trialEndsAt: new Date(now.getTime() + TRIAL_MS),
    profile: {},
    createdAt: now,
    updatedAt: now,
  };
}
