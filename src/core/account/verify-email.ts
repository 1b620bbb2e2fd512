import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { addressVerified } from "./address-verified.ts";

/** Marks an address as its owner's, with the token of a mailed link. It works once. */
export async function verifyEmail(
  context: Context,
  { token }: { token: string },
): Promise<void | Refused<"mailed_link_invalid" | "rate_limited">> {
  const { accounts, mailedLinks, tenantId } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("verify-email", token);
  if (!link) {
    return new Refused("mailed_link_invalid");
  }
  const event = addressVerified(context, { id: link.accountId, tenantId });
  if (!(await accounts.verifyEmail({ ...link, event }))) {
    return new Refused("mailed_link_invalid");
  }
  context.afterwards(mailedLinks.forget("verify-email", token));
}
