import type { AuditEvent } from "../audit/audit-log.ts";
import type { StillIn } from "../caller/still-in.ts";
import type { Account } from "./account.ts";

/** Changes of an account's address: asked for when signed in, confirmed at the new one. */
export interface EmailChanges {
  /**
   * Keeps a request. Every older one of the account stops working. False when the session that asks has ended.
   */
  request(
    change: EmailChange,
    request: { fromEmail: string; now: Date },
    by: StillIn,
  ): Promise<boolean>;
  /**
   * Whether the new address may be taken now: nobody has it, and it is kept for nobody else. Null when
   * the request is not its account's newest, or the account has another address by now.
   */
  look(change: EmailChange, now: Date): Promise<{ isFree: boolean } | null>;
  /**
   * Spends a request not older than `since` and changes the address, which counts as verified from the
   * moment of the event, which is written down with it: all or nothing, in one round trip. Reset links
   * mailed before stop working; sessions go on. Null where
   * `look` finds none or none that is free, for a disabled account, and when the session that asks has ended.
   */
  confirm(
    change: EmailChange,
    confirmation: { since: Date; verified: AuditEvent; by: StillIn },
  ): Promise<ConfirmedEmailChange | null>;
  /**
   * From whom an address was taken so lately that it is kept for them; null for any other, and where
   * an account has it again.
   */
  findReservation(
    tenantId: string,
    email: string,
    now: Date,
  ): Promise<{ accountId: string; changedAt: Date } | null>;
}

export interface EmailChange {
  id: string;
  tenantId: string;
  accountId: string;
  /** In the spelling of `normaliseEmail`. */
  toEmail: string;
}

export interface ConfirmedEmailChange {
  account: Account;
  /** Null where it was never proved: that address is nobody's, and is not kept for anybody. */
  formerEmail: string | null;
}
