import { normaliseEmail } from "../email-address.ts";
import { orderMail } from "../mail/order-mail.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { chooseFrontEnd, type WantedFrontEnd } from "../tenant/choose-front-end.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/** What a request for a reset is known by: the same for every address, and new every time. */
export interface ResetRequested {
  requestId: string;
  email: string;
}

/** `requestPasswordReset`, with a link that leads to a site of the tenant's own. */
export async function requestPasswordResetAt(
  context: Context,
  { email: typedEmail, ...wanted }: { email: string } & WantedFrontEnd,
): Promise<ResetRequested | Refused<"front_end_unknown" | "rate_limited">> {
  const { clock, randomness } = context;
  const email = normaliseEmail(typedEmail);
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const frontEnd = await chooseFrontEnd(context, wanted);
  if (frontEnd instanceof Refused) {
    return frontEnd;
  }
  const refused = await orderMail(context, {
    kind: "reset-password",
    email,
    frontEnd,
  });
  return refused ?? { requestId: randomness.id(clock.now()), email };
}
