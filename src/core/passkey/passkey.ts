import type { Credentials } from "../account/account.ts";
import type { StillIn } from "../caller/still-in.ts";

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
   * Adds a passkey. `taken` where it was added before, by whomever, or the session that asks has ended, and
   * `too many` where the account has as many as are allowed. One round trip.
   */
  insert(
    passkey: PasskeyRecord,
    making: { by: StillIn; most: number },
  ): Promise<"inserted" | "taken" | "too many">;
  /** The passkeys of an account, the newest first. */
  list(accountId: string): Promise<Passkey[]>;
  /** False when the account has no such passkey, or the session that asks has ended. */
  rename(
    accountId: string,
    naming: { passkeyId: string; name: string },
    by: StillIn,
  ): Promise<boolean>;
  /** The passkey that was removed; null where `rename` says false. */
  remove(accountId: string, passkeyId: string, by: StillIn): Promise<Passkey | null>;
  /** The passkey that its authenticator calls by this id, and whose it is. One read. */
  findWithOwner(
    credentialId: string,
  ): Promise<{ passkey: PasskeyRecord; credentials: Credentials } | null>;
}
