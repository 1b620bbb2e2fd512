import { normaliseEmail } from "../email-address.ts";
import { orderMail } from "../mail/order-mail.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { chooseFrontEnd } from "../tenant/choose-front-end.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/** Orders a mail with a link that proves an address. Every address is answered and mailed alike. */
export async function requestAddressProof(
  context: Context,
  { email, clientAlias }: { email: string; clientAlias?: string | null | undefined },
): Promise<void | Refused<"front_end_unknown" | "rate_limited">> {
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const frontEnd = await chooseFrontEnd(context, { clientAlias });
  if (frontEnd instanceof Refused) {
    return frontEnd;
  }
  return orderMail(context, {
    kind: "prove-address",
    email: normaliseEmail(email),
    frontEnd,
  });
}
