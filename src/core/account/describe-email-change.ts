import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/**
 * Which address a mailed link would give the caller's account, for them to read before they confirm:
 * whoever asked may not have been them. It spends nothing.
 */
export const describeEmailChange = guarded(
  {},
  async (
    context: Context,
    { caller, token }: { caller: Caller; token: string },
  ): Promise<
    { toEmail: string } | Refused<"mailed_link_invalid" | "mailed_link_of_another" | "rate_limited">
  > => {
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const link = await context.mailedLinks.find("change-email", token);
    if (!link) {
      return new Refused("mailed_link_invalid");
    }
    const { accountId, toEmail } = link.change;
    return accountId === caller.account.id ? { toEmail } : new Refused("mailed_link_of_another");
  },
);
