import type { Ports } from "../ports.ts";
import { readingLanguage } from "../reading-language.ts";
import { addressTakenLetter } from "./address-taken-letter.ts";
import type { Bounced } from "./bounced.ts";
import { changeEmailLetter } from "./change-email-letter.ts";
import { drawSecureLink } from "./draw-secure-link.ts";
import type { Letter, Written } from "./letter.ts";
import { loginCodeLetter } from "./login-code-letter.ts";
import type { MailOrder, NoticeKind } from "./mail-order.ts";
import { proveAddressLetter } from "./prove-address-letter.ts";
import { reservedAddressLetter } from "./reserved-address-letter.ts";
import { resetPasswordLetter } from "./reset-password-letter.ts";
import { suppressAddress } from "./suppress-address.ts";
import type { Suppression } from "./suppression.ts";
import { verifyEmailLetter } from "./verify-email-letter.ts";

/**
 * Writes and sends the letter of an order; an order for an address without an account sends
 * nothing. It may run again after a failure: a link drawn earlier then simply goes unused. Gives why a
 * letter was written and does not arrive: its mailbox takes none, or took none lately.
 */
export async function fulfilMailOrder(
  ports: Ports,
  order: MailOrder,
): Promise<Bounced | Suppression | null> {
  const written = (await write(ports, order)) ?? (await reservedAddressLetter(ports, order));
  if (!written) {
    return null;
  }
  const { email: to, tenantId } = order;
  const now = ports.clock.now();
  // Asked when all else is done: what is stored of an address is the same whether it is sent to or not.
  const suppression = await ports.suppressions.find(tenantId, to, now);
  if (suppression) {
    return suppression;
  }
  const bounced = await ports.postbox.deliver(await letterOf(ports, order, written));
  if (!bounced) {
    return null;
  }
  const reason = { reason: "bounced", detail: bounced.reason, at: now } as const;
  await suppressAddress(ports, { tenantId, email: to, ...reason });
  return bounced;
}

/** As its tenant has letters sent. */
async function letterOf(
  { tenants }: Ports,
  { email: to, language: asked, origin, tenantId }: MailOrder,
  { account, content }: Written,
): Promise<Letter> {
  const language = account ? readingLanguage(account, asked) : asked;
  const [brand, { senderName, replyTo, texts }] = await Promise.all([
    tenants.findBrand(tenantId),
    tenants.findLetterSettings(tenantId),
  ]);
  const ownTexts = texts[language]?.[content.kind] ?? {};
  return { tenantId, to, language, brand, senderName, replyTo, ownTexts, origin, content };
}

async function write(ports: Ports, order: MailOrder): Promise<Written | null> {
  switch (order.kind) {
    case "verify-email":
      return verifyEmailLetter(ports, order);
    case "prove-address":
      return proveAddressLetter(ports, order);
    case "reset-password":
    case "account-secured":
    case "invitation":
      return resetPasswordLetter(ports, order, order.kind);
    case "address-taken":
      return addressTakenLetter(ports, order);
    case "change-email":
      return changeEmailLetter(ports, order);
    case "login-code":
      return loginCodeLetter(ports, order);
    default:
      return noticeLetter(ports, order);
  }
}

async function noticeLetter(
  ports: Ports,
  { kind, origin: { at }, ...whom }: Extract<MailOrder, { kind: NoticeKind }>,
): Promise<Written> {
  const drawn = await drawSecureLink(ports, { ...whom, at });
  return { content: { kind, ...drawn }, account: null };
}
