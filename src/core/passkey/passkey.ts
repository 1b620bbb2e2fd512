import type { Credentials } from "../account/account.ts";

/** Passkeys an account has: more are not used, they are left behind. */
export const MOST_PASSKEYS = 20;

/** A passkey as its owner sees it. */
export interface Passkey {
  id: string;
  tenantId: string;
  accountId: string;
  /** What its owner calls it. */
  name: string;
  /** What its authenticator calls it: base64url. */
  credentialId: string;
  /** How browsers reach its authenticator, such as `internal` or `usb`. */
  transports: readonly string[];
  /** Kept by a provider, so that it outlives the device. */
  isSynced: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** A passkey with what its answers are checked against. */
export interface PasskeyRecord extends Passkey {
  /** A COSE key as base64url. */
  publicKey: string;
  /** What its authenticator counted last; 0 for one that does not count. */
  counter: number;
}

export interface Passkeys {
  /**
   * Adds a passkey in the name of a session. `signed out` where that has ended meanwhile, `taken` where
   * the passkey was added before, by whomever, and `too many` where the account has as many as are
   * allowed. One round trip.
   */
  insert(
    passkey: PasskeyRecord,
    by: { sessionId: string; most: number },
  ): Promise<"inserted" | "signed out" | "taken" | "too many">;
  /** The passkeys of an account, the newest first. */
  list(accountId: string): Promise<Passkey[]>;
  /** False when the account has no such passkey. */
  rename(accountId: string, passkeyId: string, name: string): Promise<boolean>;
  /** The passkey that was removed; null when the account has no such one. */
  remove(accountId: string, passkeyId: string): Promise<Passkey | null>;
  /** The passkey that its authenticator calls by this id, and whose it is. One read. */
  findWithOwner(
    credentialId: string,
  ): Promise<{ passkey: PasskeyRecord; credentials: Credentials } | null>;
}
