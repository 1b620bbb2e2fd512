import type { Account } from "../account/account.ts";
import type { Passkey, PasskeyRecord } from "./passkey.ts";

/**
 * The ceremonies of WebAuthn Level 3: what a browser is asked, and whether its authenticator's answer
 * is right. An answer is the JSON text that the browser sent, whatever it holds.
 */
export interface Ceremonies {
  /** The argument of `navigator.credentials.create`, as JSON. §5.1.8. */
  creationOptions(asked: { challenge: string; account: Account; known: KnownCredentials }): string;
  /** The same for `navigator.credentials.get`. Where none is allowed by name, any may answer. */
  requestOptions(asked: {
    challenge: string;
    allowed: KnownCredentials;
    isOnlyFactor: boolean;
  }): string;
  /** The new credential, if the answer is right for one of the challenges; else null. §7.1. */
  verifyRegistration(answer: string, challenges: readonly string[]): Promise<NewCredential | null>;
  /** Which credential an answer says it is of. Nothing of it is proved yet. */
  credentialIdIn(answer: string): string | null;
  /** Null for whatever is not a right answer of this passkey. §7.2. */
  verifyAssertion(
    answer: string,
    passkey: PasskeyRecord,
    expected: ExpectedAssertion,
  ): Promise<Pick<PasskeyRecord, "counter" | "isSynced"> | null>;
}

export type KnownCredentials = readonly Pick<Passkey, "credentialId" | "transports">[];

export type NewCredential = Omit<
  PasskeyRecord,
  "id" | "tenantId" | "accountId" | "name" | "createdAt" | "lastUsedAt"
>;

export interface ExpectedAssertion {
  challenges: readonly string[];
  /** The answer stands alone: it must say whose it is, of a person whom the device knew. */
  isOnlyFactor: boolean;
}
