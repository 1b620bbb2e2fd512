import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { normaliseEmail } from "./email-address.ts";

/** Takes the code of a mailed link as proof of an address. It works once. */
export async function proveAddress(
  context: Context,
  { email, code }: { email: string; code: string },
): Promise<void | Refused<"address_link_invalid" | "rate_limited">> {
  const { addressProofs, afterwards, clock, mailedLinks, tenantId } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("prove-address", code);
  const isMeant = link?.tenantId === tenantId && link.email === normaliseEmail(email);
  if (!link || !isMeant || !(await addressProofs.prove({ ...link, now: clock.now() }))) {
    return new Refused("address_link_invalid");
  }
  afterwards(mailedLinks.forget("prove-address", code));
}
