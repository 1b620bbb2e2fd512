/**
 * A letter to be written. It waits in the queue without any secret: the link is drawn when the
 * letter is sent, so neither the queue nor its dead letters can sign anyone in.
 */
export interface MailOrder {
  kind:
    | "verify-email"
    | "prove-address"
    | "address-taken"
    | "account-made"
    | "login-code"
    | "reset-password"
    | "password-changed"
    | "second-factor-changed";
  tenantId: string;
  /** In the spelling of `normaliseEmail`. It may belong to no account: then nothing is sent. */
  email: string;
  /** The tenant's own site that the link leads to; absent where it leads to our pages. */
  frontEnd?: { url: string; alias: string | null };
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
  | {
      kind: "prove-address";
      link: string;
      lifetimeSeconds: number;
      /** Somebody registered with this address before and did not confirm it. */
      hasUnconfirmedAccount: boolean;
    }
  | {
      kind: "login-code";
      code: string;
      lifetimeSeconds: number;
      hasUnconfirmedAccount: boolean;
    }
  | Notice;

/** A letter that tells something, rather than handing over a link or code that does something. */
export type Notice =
  | { kind: "address-taken"; signInLink: string }
  | { kind: "account-made"; forgotLink: string }
  | { kind: "password-changed" | "second-factor-changed" };
