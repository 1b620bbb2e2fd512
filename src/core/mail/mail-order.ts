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
 * A letter with everything it says, before it is put into words. No name stands in it: a stranger
 * who registers somebody else's address chooses one, and would have us mail their words.
 */
export type Letter =
  | {
      kind: "verify-email" | "reset-password" | "address-unconfirmed";
      link: string;
      lifetimeSeconds: number;
    }
  | { kind: "address-taken"; signInLink: string }
  | { kind: "password-changed" };
