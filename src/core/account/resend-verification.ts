import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { orderMail } from "../mail/order-mail.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/**
 * Mails the caller another link to confirm their address. To one that is confirmed by the time it is
 * written, nothing is sent.
 */
export const resendVerification = guarded(
  { beforePasswordChange: true },
  async (
    context: Context,
    { caller }: { caller: Caller },
  ): Promise<void | Refused<"rate_limited">> =>
    (await fenceCredentials(context)) ??
    orderMail(context, { kind: "verify-email", email: caller.account.email }),
);
