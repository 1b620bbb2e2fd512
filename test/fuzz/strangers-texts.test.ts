import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUserCode } from "../../src/core/device/user-code.ts";
import { normaliseEmail } from "../../src/core/email-address.ts";
import { languages } from "../../src/core/language.ts";
import { isChallenge } from "../../src/core/pkce.ts";
import { plainLine } from "../../src/core/plain-line.ts";
import { Refused } from "../../src/core/refused.ts";
import { readDeviceName } from "../../src/core/session/device-name.ts";
import { isTenantSlug } from "../../src/core/tenant/slug.ts";
import { clientAddress } from "../../src/http/client-address.ts";
import { languageOf } from "../../src/http/language.ts";
import { userAgents } from "../../src/http/user-agent.ts";
import { escapeHtml } from "../../src/mail/escape-html.ts";
import { idempotencyKey } from "../../src/oauth/idempotency-key.ts";
import { preferWait } from "../../src/oauth/prefer-wait.ts";
import { isSensitive, returnTo } from "../../src/pages/sign-in/return-to.ts";
import { alterations, altered } from "./altered.ts";
import { runCases } from "./run-cases.ts";
import { hostileText, unfold } from "./texts.ts";

const CASES = 300;

interface Reader {
  /** Texts that it is made for: it gets those, and what they can be turned into. */
  meant: readonly string[];
  read(text: string): unknown;
  /** What it gives, whatever it was given. */
  gives(read: unknown, text: string): boolean;
}

const matches = (form: RegExp) => (read: unknown) => typeof read === "string" && form.test(read);
const isText = (read: unknown) => typeof read === "string";
const isYesOrNo = (read: unknown) => typeof read === "boolean";

const READERS: Readonly<Record<string, Reader>> = {
  "where to return to": {
    meant: [
      "/account",
      "/device?user_code=BCDF-GHJK",
      "/oauth/consent?request=AAAA",
      "/account/email/confirm?token=x",
      "/manage/accounts/0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21/sign-out",
    ],
    read: returnTo,
    // Ours, in letters that nothing else could be read into.
    gives: matches(
      /^\/(account(\/[a-z-]+){0,2}|manage(\/accounts\/[0-9a-f-]{36}(\/[a-z-]+)?)?|device|oauth\/consent|account\/email\/confirm)(\?\w+=[\w%.!~*'()-]+)?$/,
    ),
  },
  "whether a page is sensitive": { meant: ["/account/keys"], read: isSensitive, gives: isYesOrNo },
  "a user code": {
    meant: ["BCDF-GHJK", "bcdfghjk", "BCDF GHJK"],
    read: readUserCode,
    gives: (read) =>
      read === null || matches(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)(read),
  },
  "a device's name": {
    meant: ["Living room", "\u202eTV", "a\u0301\u0301\u0301\u0301\u0301"],
    read: readDeviceName,
    gives: (read) => read === null || matches(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,120}$/u)(read),
  },
  "a line of a stranger's text": {
    meant: ["A client", "two\nlines"],
    read: plainLine,
    gives: matches(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u),
  },
  "a seconds' preference": {
    meant: ["wait=10", 'respond-async, wait="5"', 'a="b,c"; d, wait=1'],
    read: preferWait,
    gives: (read) => Number.isInteger(read) && Number(read) >= 0 && Number(read) <= 25,
  },
  "an idempotency key": {
    meant: ["a-key", '"a key"', '"a\\"key"'],
    read: idempotencyKey,
    gives: (read) => read instanceof Refused || matches(/^[\x21-\x7e]{1,255}$/)(read),
  },
  "a language": {
    meant: ["de-AT,de;q=0.9,en;q=0.8", "*"],
    read: languageOf,
    gives: (read) => languages.some((language) => language === read),
  },
  "an address": {
    meant: ["198.51.100.1", "2001:db8::1", "::ffff:198.51.100.1", "fe80::1%eth0"],
    read: clientAddress,
    gives: (read) => isText(read) && read !== "",
  },
  "a program's description": {
    meant: [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36",
    ],
    read: (text) => Object.values(userAgents.describe(text)),
    gives: (read) => (read as unknown[]).length === 3 && (read as unknown[]).every(isText),
  },
  "a program's name": {
    meant: ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    read: (text) => Object.values(userAgents.name(text)),
    gives: (read) => (read as unknown[]).every(matches(/^[\w .()-]*$/)),
  },
  "a tenant's slug": {
    meant: ["acme", "a-b-1"],
    read: isTenantSlug,
    gives: (read, text) => read === false || /^[a-z0-9-]+$/.test(text),
  },
  "a challenge": {
    meant: ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
    read: isChallenge,
    gives: (read, text) => read === false || /^[\w-]{43}$/.test(text),
  },
  "an e-mail address": {
    meant: ["Robin@Example.Test"],
    read: normaliseEmail,
    gives: (read) => isText(read) && normaliseEmail(String(read)) === read,
  },
  "a text in a mail": { meant: ["<b>x</b>"], read: escapeHtml, gives: matches(/^[^<>"]*$/) },
};

describe.each(Object.entries(READERS))("%s", (_, { meant, read, gives }) => {
  it("is read from any text, and is always in the form that it has to have", async (context) => {
    const texts = fc.oneof(
      fc
        .tuple(fc.constantFrom(...meant), alterations)
        .map(([text, alteration]) => altered(text, alteration)),
      hostileText.map((text) => unfold(text, {})),
    );

    for (const text of meant) {
      expect([text, gives(read(text), text)]).toEqual([text, true]);
    }
    await runCases(context, CASES, texts, (text) => {
      expect(gives(read(text), text)).toBe(true);
    });
  });
});
