import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { Written } from "./letter.ts";
import { resetPasswordLetter } from "./reset-password-letter.ts";

/**
 * For an address that somebody registered again. Where it was never confirmed, whoever registered it
 * first chose the password, so the owner of the mailbox is given a link to set one, which throws the
 * other out.
 */
export async function addressTakenLetter(
  ports: Ports,
  { tenantId, email }: Mailbox,
): Promise<Written | null> {
  const account = await ports.accounts.findByEmail(tenantId, email);
  if (!account || account.emailVerifiedAt) {
    const link = `${ports.settings.publicUrl}/signin`;
    return account && { content: { kind: "address-taken", link }, account };
  }
  return resetPasswordLetter(ports, { tenantId, email }, "address-unconfirmed");
}
