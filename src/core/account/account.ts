/** An account as the rest of the world may see it. Secrets never live on this type. */
export interface Account {
  /** UUIDv7, whatever form a contract shows. */
  id: string;
  tenantId: string;
  /** In the spelling of `normaliseEmail`. */
  email: string;
  name: string | null;
  emailVerifiedAt: Date | null;
  createdAt: Date;
}

/** What a password is checked against. Read for signing in and dropped right after. */
export interface Credentials {
  account: Account;
  /** PHC-style string; null for an account without a password. */
  passwordHash: string | null;
  passwordChangedAt: Date;
  disabled: boolean;
}
