import { normaliseEmail } from "../email-address.ts";
import type { MailedLink } from "../mail/mailed-links.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { firstProof } from "./first-proof.ts";

/** Takes the code of a mailed link as proof of an address. It works once. */
export async function proveAddress(
  context: Context,
  { email, code }: { email: string; code: string },
): Promise<void | Refused<"address_link_invalid" | "rate_limited">> {
  const { afterwards, mailedLinks, tenantId } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("prove-address", code);
  const isMeant = link?.tenantId === tenantId && link.email === normaliseEmail(email);
  if (!link || !isMeant || !(await prove(context, link))) {
    return new Refused("address_link_invalid");
  }
  afterwards(mailedLinks.forget("prove-address", code));
}

type ProofLink = Extract<MailedLink, { purpose: "prove-address" }>;

function prove(
  context: Context,
  { tenantId, email, linkNumber, announcedId }: ProofLink,
): Promise<boolean> {
  return context.addressProofs.prove({
    tenantId,
    email,
    linkNumber,
    firstProof: announcedId === null ? null : firstProof(context, { id: announcedId, tenantId }),
    now: context.clock.now(),
  });
}
