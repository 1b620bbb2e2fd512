import type { Account } from "../account/account.ts";
import type { StillIn } from "../caller/still-in.ts";

/** An API key acts for its account, a service key for its tenant. */
export type KeyKind = "api" | "service";

/** A key as it is listed. The key itself is shown once, when it is made, and kept as a hash. */
export interface Key {
  id: string;
  tenantId: string;
  /** Whose it is, or who made it for the tenant. */
  accountId: string;
  kind: KeyKind;
  name: string;
  /** How it begins, for people to tell keys apart. */
  prefix: string;
  scopes: readonly string[];
  createdAt: Date;
  /** Null for one that never expires. */
  expiresAt: Date | null;
  /** Brought up to date every few minutes at most. */
  lastUsedAt: Date | null;
}

/** Keys, kept under the SHA-256 of their secret alone: 190 random bits need no slower hash. */
export interface Keys {
  /**
   * False when the owner has as many keys as are allowed, or the session that asks has ended: what ends it may
   * take the keys that there are.
   */
  insert(key: Key, secret: string, making: { by: StillIn; most: number }): Promise<boolean>;
  /** The newest first: an account's API keys, or a tenant's service keys. Expired ones too. */
  list(owner: KeyOwner): Promise<Key[]>;
  /** The name of the key that is gone; null when the owner has no such key, or the session that asks has ended. */
  remove(owner: KeyOwner, keyId: string, by: StillIn): Promise<string | null>;
  /**
   * The living key of this secret and its account, if that is enabled: whoever was shut out has seen
   * the secrets of the service keys that they made. One read, no write.
   */
  findCaller(secret: string, now: Date): Promise<KeyCaller | null>;
  touch(keyId: string, now: Date): Promise<void>;
}

export type KeyOwner =
  | { kind: "api"; tenantId: string; accountId: string }
  | { kind: "service"; tenantId: string };

/** Who presents a key. */
export interface KeyCaller {
  key: Key;
  account: Account;
}
