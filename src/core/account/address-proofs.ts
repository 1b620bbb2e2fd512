import type { FirstProof } from "./first-proof.ts";

/** Addresses whose owner followed a mailed link, so that an account may be made for them. */
export interface AddressProofs {
  /** Numbers a new link to this address; every older one stops working. */
  numberLink(tenantId: string, email: string, now: Date): Promise<number>;
  /**
   * Spends a link: the address counts as proved from now on, and an unverified account that has it
   * as verified, its sessions and API keys ended, since whoever has them had not proved it. All or
   * nothing, in one round trip. False when the link's number is not the newest or was spent.
   */
  prove(link: {
    tenantId: string;
    email: string;
    linkNumber: number;
    /** What is written down of the account that the mail knew of: no other is verified by it. */
    firstProof: FirstProof | null;
    now: Date;
  }): Promise<boolean>;
  /** Whether the address was proved at `since` or later, and whether an account has it. One read. */
  find(
    tenantId: string,
    email: string,
    since: Date,
  ): Promise<{ isProved: boolean; isTaken: boolean }>;
}
