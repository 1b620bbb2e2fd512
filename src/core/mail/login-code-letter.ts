import type { Ports } from "../ports.ts";
import { digestsOfLoginCode, drawLoginCode } from "../session/login-code.ts";
import type { Mailbox } from "../session/login-codes.ts";
import type { Written } from "./letter.ts";
import type { MailOrder } from "./mail-order.ts";
import { mayRegister } from "./may-register.ts";

const LIFETIME_SECONDS = 600;

/**
 * Draws a login code and writes its letter. Null where the code could sign nobody in: for a disabled
 * account, for an unknown address that may not make one, and after too many wrong ones.
 */
export async function loginCodeLetter(
  ports: Ports,
  { tenantId, email, origin }: Mailbox & Pick<MailOrder, "origin">,
): Promise<Written | null> {
  const found = await ports.accounts.findCredentials({ tenantId, email });
  const mayEnter = found ? !found.disabled : await mayRegister(ports, { tenantId, email });
  const code = drawLoginCode(ports.randomness);
  // Kept for an address without a letter too, or its count of tries would tell it apart.
  const kept = mayEnter ? code : ports.randomness.token();
  const [digest] = await digestsOfLoginCode(ports.sealer, { tenantId, email }, kept);
  const announcedId = found?.account.id ?? null;
  const isKept = await ports.loginCodes.put(
    { tenantId, email },
    {
      digest,
      announcedId,
      orderedAt: origin.at,
      sessionId: ports.randomness.id(ports.clock.now()),
    },
    LIFETIME_SECONDS,
  );
  if (!mayEnter || !isKept) {
    return null;
  }
  return {
    content: {
      kind: "login-code",
      code,
      lifetimeSeconds: LIFETIME_SECONDS,
      hasUnconfirmedAccount: found !== null && found.account.emailVerifiedAt === null,
    },
    account: found?.account ?? null,
  };
}
