import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { checkPassword } from "../password/check-password.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { sealTotpSecret } from "./prove-second-factor.ts";

export interface Enrolment {
  /** Base32. Shown once. */
  secret: string;
  otpauthUri: string;
  enrolmentId: string;
}

/**
 * Draws the secret of an authenticator app, in place of an earlier one that was never confirmed.
 * It is asked for once `confirmTotp` has seen a code of it. A password is checked where one is given:
 * which contracts demand one, their requests say.
 */
export const enrolTotp = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, password }: { caller: Caller; password?: string | undefined },
    by,
  ): Promise<Enrolment | Refused<"invalid_credentials" | "second_factor_on" | "rate_limited">> => {
    const { account } = caller;
    if (password !== undefined) {
      const checked = await checkPassword(context, { email: account.email, password });
      if (checked instanceof Refused) {
        return checked;
      }
    }
    const { name } = await context.tenants.findBrand(account.tenantId);
    const secret = context.totp.drawSecret();
    const enrolmentId = context.randomness.id(context.clock.now());
    const enrolled = await context.secondFactors.enrol({
      accountId: account.id,
      enrolmentId,
      sealedSecret: await sealTotpSecret(context, secret),
      by,
    });
    return enrolled
      ? { secret, otpauthUri: otpauthUri(name, account.email, secret), enrolmentId }
      : new Refused("second_factor_on");
  },
);

/**
 * As authenticator apps read it from a QR code: the "Key URI Format" of Google Authenticator, in which
 * a colon ends the issuer.
 */
function otpauthUri(tenantName: string, email: string, secret: string): string {
  const issuer = encodeURIComponent(tenantName.replaceAll(":", " "));
  const label = `${issuer}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=6&period=30`;
}
