import { digestsOfLoginCode, drawLoginCode, drawLongLoginCode } from "../login-code/login-code.ts";
import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { Written } from "./letter.ts";
import { LIFE_SECONDS } from "./life-seconds.ts";
import type { MailOrder } from "./mail-order.ts";
import { mayRegister } from "./may-register.ts";

/**
 * Draws a login code and writes its letter: six digits, or a code that nobody guesses where too many
 * wrong ones were tried. Null where it could sign nobody in: for a disabled account, and for an
 * unknown address that may not make one.
 */
export async function loginCodeLetter(
  ports: Ports,
  { id, tenantId, email }: Mailbox & Pick<MailOrder, "id">,
): Promise<Written | null> {
  const { accounts, clock, loginCodes, randomness, sealer } = ports;
  const mailbox = { tenantId, email };
  const found = await accounts.findCredentials(mailbox);
  const mayEnter = found ? !found.disabled : await mayRegister(ports, mailbox);
  const codes = { short: drawLoginCode(randomness), long: drawLongLoginCode(randomness) };
  // Kept for an address without a letter too, or its count of tries would tell it apart.
  const shortCode = mayEnter ? codes.short : randomness.token();
  const [shortDigest] = await digestsOfLoginCode(sealer, mailbox, shortCode);
  const [longDigest] = await digestsOfLoginCode(sealer, mailbox, codes.long);
  const announcedId = found?.account.id ?? null;
  const orderId = id ?? randomness.token();
  const sessionId = randomness.id(clock.now());
  const drawn = { shortDigest, longDigest, announcedId, orderId, sessionId };
  const lifetimeSeconds = LIFE_SECONDS["login-code"];
  const kept = await loginCodes.put(mailbox, drawn, lifetimeSeconds);
  if (!mayEnter) {
    return null;
  }
  return {
    content: {
      kind: "login-code",
      code: codes[kept],
      isLong: kept === "long",
      lifetimeSeconds,
      hasUnconfirmedAccount: found !== null && found.account.emailVerifiedAt === null,
    },
    account: found?.account ?? null,
  };
}
