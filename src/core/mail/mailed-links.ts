import type { EmailChange } from "../account/email-changes.ts";

/**
 * What a mailed link stands for. That it is spent once is decided by the store that it changes, never
 * here.
 */
export type MailedLink =
  | { purpose: "verify-email"; accountId: string; email: string; linkNumber: number }
  | {
      purpose: "reset-password";
      accountId: string;
      linkNumber: number;
      /** Whose names the new password must not be made of. */
      email: string;
      name: string | null;
    }
  | { purpose: "change-email"; change: EmailChange }
  | {
      purpose: "secure-account";
      accountId: string;
      tenantId: string;
      /** Where it was mailed. */
      email: string;
      /** When what it undoes was done: milliseconds since the epoch. */
      at: number;
    }
  | {
      purpose: "prove-address";
      tenantId: string;
      email: string;
      linkNumber: number;
      /** The account that the mail knew of; null where there was none. */
      announcedId: string | null;
    };

export interface MailedLinks {
  /** Keeps the link under the hash of its token. */
  put(token: string, link: MailedLink, lifetimeSeconds: number): Promise<void>;
  find<P extends MailedLink["purpose"]>(
    purpose: P,
    token: string,
  ): Promise<Extract<MailedLink, { purpose: P }> | null>;
  forget(purpose: MailedLink["purpose"], token: string): Promise<void>;
}
