import type { AuditEventName } from "../audit/audit-events.ts";
import type { Language } from "../language.ts";
import type { ChosenFrontEnd } from "../tenant/choose-front-end.ts";

/**
 * A letter to be written. It waits in the queue without any secret: the link is drawn when the
 * letter is sent, so neither the queue nor its dead letters can sign anyone in.
 */
export type MailOrder = Errand & {
  /** The same whenever the queue brings it. An order without one is known by nothing. */
  id?: string;
  tenantId: string;
  /** In the spelling of `normaliseEmail`. It may belong to no account: then nothing is sent. */
  email: string;
  /** What whoever asked reads. An account that says what its owner reads is written to in that. */
  language: Language;
  origin: Origin;
};

/** What the letter is for. */
export type Errand =
  | { kind: "verify-email" | "address-taken" | "login-code" | "account-secured" | "invitation" }
  | {
      kind: "prove-address" | "reset-password";
      /** The tenant's own site that the link leads to; absent where it leads to our pages. */
      frontEnd?: ChosenFrontEnd;
    }
  /** To the address that an account is to get: it may have an account of its own. */
  | { kind: "change-email"; changeId: string; accountId: string }
  | { kind: NoticeKind; accountId: string };

/** What an account's owner is told of, in case that it was not them. */
export type NoticeKind = Extract<
  AuditEventName,
  | "account-made"
  | "password-changed"
  | "email-change-requested"
  | "email-changed"
  | "second-factor-on"
  | "second-factor-off"
  | "recovery-codes-replaced"
  | "passkey-added"
  | "passkey-removed"
  | "key-made"
  | "key-deleted"
  | "device-approved"
>;

/**
 * Where something was asked for, as far as the edge knows it, and with what, by the names of our own
 * list: nobody can have words of theirs mailed in it. The network is left out, since its holder names
 * it. Empty texts are not known.
 */
export interface Origin {
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  browser: string;
  os: string;
  /** Milliseconds since the epoch: what waits in the queue is JSON. */
  at: number;
}
