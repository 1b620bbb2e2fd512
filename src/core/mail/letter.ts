import type { Account } from "../account/account.ts";
import type { Language } from "../language.ts";
import type { Brand } from "../tenant/brand.ts";
import type { LetterTexts } from "./letter-texts.ts";
import type { NoticeKind, Origin } from "./mail-order.ts";

/**
 * A letter with everything it says, before it is put into words. No name stands in it that a person
 * chose: a stranger who registers somebody else's address, or gets into their account, would have us
 * mail their words.
 */
export interface Letter {
  tenantId: string;
  to: string;
  language: Language;
  brand: Brand;
  /** Who is named as its sender; null for the service's own name. */
  senderName: string | null;
  /** Null where answers go nowhere else. */
  replyTo: string | null;
  /** What its tenant says in its own words. */
  ownTexts: LetterTexts;
  origin: Origin;
  content: Content;
}

export type Content =
  | {
      kind:
        | "verify-email"
        | "reset-password"
        | "address-unconfirmed"
        | "change-email"
        | "account-secured"
        | "invitation";
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
      /** Since too many wrong ones were tried at this address. */
      isLong: boolean;
      lifetimeSeconds: number;
      hasUnconfirmedAccount: boolean;
    }
  /** Leads to where people sign in: it does nothing by itself. */
  | { kind: "address-taken" | "new-address-taken"; link: string }
  /** Leads to where an account is taken back, until then. */
  | { kind: NoticeKind | "address-reserved"; link: string; until: Date };

/** What an order comes to, and whose account it is about, where there is one. */
export interface Written {
  content: Content;
  account: Account | null;
}
