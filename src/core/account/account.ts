/** What an account may do to others of its tenant. */
export type Role = "user" | "admin" | "superadmin";

/** An account as the rest of the world may see it. Secrets never live on this type. */
export interface Account {
  /** UUIDv7, whatever form a contract shows. */
  id: string;
  tenantId: string;
  /** In the spelling of `normaliseEmail`. */
  email: string;
  /** The whole name, and its parts: see `person-name.ts`. All null until somebody says one. */
  name: string | null;
  givenName: string | null;
  familyName: string | null;
  role: Role;
  emailVerifiedAt: Date | null;
  /** Until the password is changed, it may do little more than change it. */
  mustResetPassword: boolean;
  /** Set by an operator alone: tokens of contracts that say so live longer. */
  zapier: boolean;
  twoFactorEnabled: boolean;
  trialEndsAt: Date | null;
  profile: Profile;
  createdAt: Date;
  updatedAt: Date;
}

/** What people say about themselves beside their name. Nothing here grants anything. */
export interface Profile {
  /** IANA name, such as `Europe/Vienna`. */
  timezone?: string;
  /** BCP 47, such as `de-AT`. */
  locale?: string;
  avatarUrl?: string;
  phone?: string;
  companyName?: string;
  projectNameURL?: string;
  country?: string;
  address1?: string;
  address2?: string;
  city?: string;
  region?: string;
  zip?: string;
  hideBrandingIcon?: boolean;
  hideLoadingLogo?: boolean;
  invites?: readonly Invite[];
}

/** Somebody whom a person asks to join them. It is a wish: nothing follows from it here. */
export interface Invite {
  firstName: string;
  lastName: string;
  email: string;
  level: string;
}

/** What a password is checked against. Read for signing in and dropped right after. */
export interface Credentials {
  account: Account;
  /** PHC-style string; null for an account without a password. */
  passwordHash: string | null;
  passwordChangedAt: Date;
  disabled: boolean;
  /** Null while none is confirmed. */
  secondFactor: { sealedSecret: string; lastStep: number } | null;
}
