import type { Language } from "../../src/core/language.ts";
import type { Content } from "../../src/core/mail/letter.ts";
import type { LetterKind, LetterTexts } from "../../src/core/mail/letter-texts.ts";
import { PLAIN_BRAND } from "../../src/core/tenant/brand.ts";
import { compose } from "../../src/mail/compose.ts";

const LINK = "https://auth.example.com/…";
const HOUR_SECONDS = 3600;

interface Wanted {
  kind: LetterKind;
  language: Language;
  ownTexts: LetterTexts;
  brandName: string;
}

/** A letter as it would arrive, as plain text under its subject, to somebody in Vienna. */
export function sampleLines({ kind, language, ownTexts, brandName }: Wanted, now: Date): string[] {
  const { subject, text } = compose({
    tenantId: "",
    to: "ada@example.com",
    language,
    brand: { ...PLAIN_BRAND, name: brandName },
    senderName: null,
    replyTo: null,
    ownTexts,
    origin: { city: "Vienna", country: "AT", browser: "Firefox", os: "Windows", at: now.getTime() },
    content: contentOf(kind, now),
  });
  return [subject, "=".repeat(subject.length), "", text.trimEnd()];
}

function contentOf(kind: LetterKind, now: Date): Content {
  const lifetimeSeconds = HOUR_SECONDS;
  switch (kind) {
    case "login-code":
      return { kind, code: "042042", isLong: false, lifetimeSeconds, hasUnconfirmedAccount: false };
    case "prove-address":
      return { kind, link: LINK, lifetimeSeconds, hasUnconfirmedAccount: false };
    case "address-taken":
    case "new-address-taken":
      return { kind, link: LINK };
    case "verify-email":
    case "reset-password":
    case "address-unconfirmed":
    case "change-email":
    case "account-secured":
    case "invitation":
      return { kind, link: LINK, lifetimeSeconds };
    default:
      return { kind, link: LINK, until: new Date(now.getTime() + 72 * HOUR_SECONDS * 1000) };
  }
}
