import type { Account } from "./account.ts";

export interface Subscription {
  status: "trialing" | "expired";
  /** Null for an account that never had a trial. */
  trialEndsAt: Date | null;
  plan: "monthly";
}

/** What an account may use: everything during its trial, which is all that there is to buy so far. */
export function subscriptionOf(
  { trialEndsAt }: Pick<Account, "trialEndsAt">,
  now: Date,
): Subscription {
  const isTrialing = trialEndsAt !== null && now < trialEndsAt;
  return { status: isTrialing ? "trialing" : "expired", trialEndsAt, plan: "monthly" };
}
