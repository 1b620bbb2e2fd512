/**
 * A letter to be written. It waits in the queue without any secret: the link is drawn when the
 * letter is sent, so neither the queue nor its dead letters can sign anyone in.
 */
export interface MailOrder {
  kind: "verify-email" | "address-taken" | "reset-password" | "password-changed";
  tenantId: string;
  /** In the spelling of `normaliseEmail`. It may belong to no account: then nothing is sent. */
  email: string;
}

/**
 * A letter with everything it says, before it is put into words. A name is there only where its
 * address is verified: before that a stranger chose it, and would have us mail their words.
 */
export type Letter =
  | { kind: "verify-email"; name: null; link: string; lifetimeSeconds: number }
  | { kind: "reset-password"; name: string | null; link: string; lifetimeSeconds: number }
  | { kind: "address-unconfirmed"; name: null; link: string; lifetimeSeconds: number }
  | { kind: "address-taken"; name: string | null; signInLink: string }
  | { kind: "password-changed"; name: string | null };
