import type { Accounts } from "./account/accounts.ts";
import type { AddressProofs } from "./account/address-proofs.ts";
import type { EmailChanges } from "./account/email-changes.ts";
import type { AccountRecords } from "./admin/account-records.ts";
import type { ClientRecords } from "./admin/client-records.ts";
import type { FrontEndRecords } from "./admin/front-end-records.ts";
import type { KeyRecords } from "./admin/key-records.ts";
import type { LetterRecords } from "./admin/letter-records.ts";
import type { TenantRecords } from "./admin/tenant-records.ts";
import type { WebhookRecords } from "./admin/webhook-records.ts";
import type { AuditLog } from "./audit/audit-log.ts";
import type { Clients } from "./client/client.ts";
import type { DeviceGrants } from "./device/device-grants.ts";
import type { UserCodes } from "./device/user-codes.ts";
import type { Keys } from "./key/key.ts";
import type { LoginCodes } from "./login-code/login-codes.ts";
import type { Bounced } from "./mail/bounced.ts";
import type { Letter } from "./mail/letter.ts";
import type { MailOrder } from "./mail/mail-order.ts";
import type { MailedLinks } from "./mail/mailed-links.ts";
import type { Suppressions } from "./mail/suppression.ts";
import type { Ceremonies } from "./passkey/ceremonies.ts";
import type { Passkeys } from "./passkey/passkey.ts";
import type { Pkce } from "./pkce.ts";
import type { Requester } from "./requester.ts";
import type { SecondFactors, Totp } from "./second-factor/second-factor.ts";
import type { AccessTokens } from "./session/access-tokens.ts";
import type { Sessions } from "./session/sessions.ts";
import type { FrontEnds } from "./tenant/front-end.ts";
import type { Tenants } from "./tenant/tenant.ts";
import type { Terms } from "./terms.ts";
import type { Fences, Throttle } from "./throttle/throttle.ts";

/** Everything an operation may reach outside itself. A port that cannot answer throws `Unavailable`. */
export interface Ports {
  accounts: Accounts;
  accountRecords: AccountRecords;
  clientRecords: ClientRecords;
  keyRecords: KeyRecords;
  tenantRecords: TenantRecords;
  letterRecords: LetterRecords;
  frontEndRecords: FrontEndRecords;
  webhookRecords: WebhookRecords;
  auditLog: AuditLog;
  addressProofs: AddressProofs;
  emailChanges: EmailChanges;
  sessions: Sessions;
  secondFactors: SecondFactors;
  totp: Totp;
  passkeys: Passkeys;
  ceremonies: Ceremonies;
  keys: Keys;
  loginCodes: LoginCodes;
  clients: Clients;
  tenants: Tenants;
  frontEnds: FrontEnds;
  userAgents: UserAgents;
  deviceGrants: DeviceGrants;
  userCodes: UserCodes;
  throttle: Throttle;
  fences: Fences;
  passwordHashes: PasswordHashes;
  breachedPasswords: BreachedPasswords;
  accessTokens: AccessTokens;
  pkce: Pkce;
  sealer: Sealer;
  vault: Vault;
  mailedLinks: MailedLinks;
  mailQueue: MailQueue;
  suppressions: Suppressions;
  postbox: Postbox;
  randomness: Randomness;
  clock: Clock;
  settings: CoreSettings;
}

/** One request: the ports, the terms of the contract that was asked, and who asks. */
export interface Context extends Ports {
  terms: Terms;
  tenantId: string;
  requester: Requester;
  /** Work that may go on after the answer. Its failure is logged and changes nothing. */
  afterwards: (work: Promise<unknown>) => void;
}

export interface CoreSettings {
  /** It runs on somebody's own machine, and may reach what else does. */
  development: boolean;
  /** The configured origin, without a slash at its end: issuer and root of every link. */
  publicUrl: string;
  passwordMinLength: number;
  /** Failures from one address at one factor of an account before each further try has to wait. */
  passwordFailuresBeforeDelay: number;
  /** The same in a row from anywhere before only recovery by mail opens it (NIST SP 800-63B). */
  passwordFailuresBeforeClosing: number;
  /** Mails of a kind to one address. */
  mailsPerHour: number;
  /** How long an address is sent nothing after a letter to it came back. */
  mailSuppressionDays: number;
  /** By one account, and from one address, within 15 minutes before code entry closes. RFC 8628 §5.1. */
  wrongUserCodes: number;
  /**
   * The same by everybody together. Ten thousand need two thousand accounts and addresses, and where as
   * many codes wait leave a chance of one in 250 to hit any.
   */
  wrongUserCodesOfAll: number;
  /** Live sessions an account may have in a contract that limits them. */
  sessionCap: number;
}

export interface PasswordHashes {
  /** Throws `Unavailable` while so many wait for a hash that no more may. Asked before anything else is done. */
  refuseWhenFull(): void;
  hash(password: string): Promise<string>;
  /**
   * A null hash costs the same as any other and never matches. A hash that another system made is also
   * compared with what was typed.
   */
  verify(password: string, hash: string | null, how?: Comparison): Promise<boolean>;
  isOutdated(hash: string): Promise<boolean>;
}

export interface Comparison {
  /** The password as it was typed, where that is another text. */
  asTyped?: string;
  /** What a wrong one costs at least, in iterations of our own, where that is more than one of ours. */
  dearestHash?: number | null;
}

export interface BreachedPasswords {
  /** True when the password is known from a breach. Fails open and says so in the log. */
  includes(password: string): Promise<boolean>;
}

/** Turns facts into tokens that only this service can make or read. */
export interface Sealer {
  /** Encrypted: shows nothing, and differs every time. */
  seal(purpose: string, content: string): Promise<string>;
  open(purpose: string, sealed: string): Promise<string | null>;
  /** Signed: the same content gives the same token every time. */
  sign(purpose: string, content: Uint8Array): Promise<string>;
  verify(purpose: string, signed: string): Promise<Uint8Array | null>;
  /**
   * Keyed digests of a code that is too short to be kept under a plain one: under the current master
   * secret first, then under the one before, where there is one.
   */
  digests(purpose: string, content: string): Promise<[string, ...string[]]>;
}

/**
 * Seals what is stored. Other than a token's, its text is the same every time for the same content,
 * begins with the id of the master secret that sealed it, and can be moved to the next one.
 */
export interface Vault {
  seal(purpose: string, content: string): Promise<string>;
  /** Null for what neither the current master secret nor the one before has sealed. */
  open(purpose: string, stored: string): Promise<string | null>;
  /**
   * What stands for a content that nobody is to read again: sealed under the current master secret
   * first, then under the one before, where there is one.
   */
  digests(purpose: string, content: string): Promise<[string, ...string[]]>;
  /** The same under the current master secret; null for what does not open. */
  move(purpose: string, stored: string): Promise<string | null>;
  /** Eight hexadecimal digits each. They say nothing about the secrets. */
  secretIds(): Promise<{ current: string; previous: string | null }>;
}

/** Where texts of one purpose are stored that the vault has sealed. */
export interface SealedTexts {
  purpose: string;
  /** Those under this secret in their order, no more than so many, after one where it is given. */
  sealedUnder(secretId: string, most: number, after?: string): Promise<string[]>;
  /** Where a text is there no more, nothing is put in its place. Says how many were. */
  replace(texts: readonly SealedText[]): Promise<number>;
}

export interface SealedText {
  was: string;
  becomes: string;
}

export interface MailQueue {
  send(order: MailOrder): Promise<void>;
}

export interface Postbox {
  /**
   * Puts the letter into words and hands it to the transport. `Bounced` when the mailbox takes no
   * letters; throws when this one was not taken.
   */
  deliver(letter: Letter): Promise<void | Bounced>;
}

export interface UserAgents {
  /** What a `User-Agent` header says, in names that people know; empty texts for what it does not. */
  describe(userAgent: string | null): { browser: string; os: string; deviceType: string };
  /** The same without versions, and only where the names are on our own list: no stranger's words. */
  name(userAgent: string | null): { browser: string; os: string };
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  /** UUIDv7, ordered by time and, of one millisecond, as they were made here. */
  id(now: Date): string;
  /** 256 bits as base64url, for a link. */
  token(): string;
}

export interface Clock {
  now(): Date;
}

/** Signing keys as they are stored. */
export interface SigningKeyStore {
  /** The newest first. */
  list(): Promise<StoredSigningKey[]>;
  /** Does nothing when a key of that number exists: of two that are made at once, one stays. */
  insert(key: StoredSigningKey): Promise<void>;
  remove(numbers: readonly number[]): Promise<void>;
}

export interface StoredSigningKey {
  number: number;
  kid: string;
  publicJwk: string;
  /** By the vault. */
  sealedPrivateJwk: string;
  createdAt: Date;
  /** Published from creation on, signs from here on. */
  activatesAt: Date;
  /** It was withdrawn: it signs and verifies nothing any more, and is not published. */
  withdrawnAt: Date | null;
}
