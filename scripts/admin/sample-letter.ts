import type { Language } from "../../src/core/language.ts";
import type { Content } from "../../src/core/mail/letter.ts";
import type { LetterKind, LetterTexts } from "../../src/core/mail/letter-texts.ts";
import { LIFE_SECONDS } from "../../src/core/mail/life-seconds.ts";
import { UNDO_WINDOW_MS } from "../../src/core/mail/undo-window.ts";
import { PLAIN_BRAND } from "../../src/core/tenant/brand.ts";
import { compose } from "../../src/mail/compose.ts";

interface Wanted {
  kind: LetterKind;
  language: Language;
  ownTexts: LetterTexts;
  brandName: string;
  /** Of the service that sends it. */
  publicUrl: string;
}

/**
 * A letter as it would arrive, as plain text under its subject, to somebody in Vienna. Its times are by the clock
 * of whoever looks at it: it is stored nowhere and sent to nobody.
 */
export function sampleLines({ kind, language, ownTexts, brandName, publicUrl }: Wanted): string[] {
  const now = new Date();
  const { subject, text } = compose({
    tenantId: "",
    to: "ada@example.com",
    language,
    brand: { ...PLAIN_BRAND, name: brandName },
    senderName: null,
    replyTo: null,
    ownTexts,
    origin: { city: "Vienna", country: "AT", browser: "Firefox", os: "Windows", at: now.getTime() },
    content: contentOf(kind, `${publicUrl}/…`, now),
  });
  return [subject, "=".repeat(subject.length), "", text.trimEnd()];
}

function contentOf(kind: LetterKind, link: string, now: Date): Content {
  switch (kind) {
    case "login-code":
      return {
        ...{ kind, code: "042042", isLong: false, hasUnconfirmedAccount: false },
        lifetimeSeconds: LIFE_SECONDS[kind],
      };
    case "prove-address":
      return {
        ...{ kind, link, hasUnconfirmedAccount: false },
        lifetimeSeconds: LIFE_SECONDS[kind],
      };
    case "address-taken":
    case "new-address-taken":
      return { kind, link };
    case "verify-email":
    case "reset-password":
    case "address-unconfirmed":
    case "change-email":
    case "account-secured":
    case "invitation":
      return { kind, link, lifetimeSeconds: LIFE_SECONDS[kind] };
    default:
      return { kind, link, until: new Date(now.getTime() + UNDO_WINDOW_MS) };
  }
}
