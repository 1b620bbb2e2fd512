import { describe, expect, it } from "vitest";
import type { Letter } from "../../src/core/mail/mail-order.ts";
import { compose } from "../../src/mail/messages.ts";

const LINK = "https://auth.example.test/verify?token=abc";

const letters: Record<Letter["kind"], Letter> = {
  "verify-email": { kind: "verify-email", link: LINK, lifetimeSeconds: 86_400 },
  "reset-password": { kind: "reset-password", link: LINK, lifetimeSeconds: 3_600 },
  "address-unconfirmed": {
    kind: "address-unconfirmed",
    link: LINK,
    lifetimeSeconds: 3_600,
  },
  "prove-address": {
    kind: "prove-address",
    link: LINK,
    lifetimeSeconds: 86_400,
    hasUnconfirmedAccount: true,
  },
  "login-code": {
    kind: "login-code",
    code: "042042",
    lifetimeSeconds: 600,
    hasUnconfirmedAccount: true,
  },
  "address-taken": { kind: "address-taken", signInLink: LINK },
  "account-made": { kind: "account-made", forgotLink: LINK },
  "password-changed": { kind: "password-changed" },
  "second-factor-changed": { kind: "second-factor-changed" },
};

const ALL = Object.values(letters);

/** The words of a letter's HTML, as a reader sees them. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf("<body"));
  return body
    .replace(/<a href="([^"]*)">[^<]*<\/a>/g, "$1")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}

describe("a letter as it is written", () => {
  it("reads, plain", () => {
    expect(compose(letters["reset-password"])).toMatchObject({
      subject: "Set a new password",
      text: [
        "Hello,",
        "Set a new password for your account:",
        LINK,
        "The link works once and for one hour. Only the newest link works.",
        "If you did not ask for it, ignore this mail: your password stays as it is.\n",
      ].join("\n\n"),
    });
  });

  it("reads, as HTML", () => {
    expect(compose(letters["verify-email"]).html).toBe(
      [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="color-scheme" content="light dark">',
        "<title>Confirm your e-mail address</title></head>",
        '<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:36em">',
        "<p>Hello,</p>",
        "<p>Confirm that this address is yours:</p>",
        `<p><a href="${LINK}">Confirm my address</a></p>`,
        "<p>The link works once and for 24 hours. Only the newest link works.</p>",
        "<p>If you did not register, ignore this mail: without the link nobody can confirm your address.</p>",
        "</body></html>",
      ].join("\n"),
    );
  });

  it.each(ALL)("$kind: says the same in text and HTML", (letter) => {
    const { text, html } = compose(letter);
    expect(wordsOf(html)).toBe(text.replace(/\s+/g, " ").trim());
  });

  it.each(ALL)(
    "$kind: has its link alone on a line, where mail programs make it a link",
    (letter) => {
      const { text, html } = compose(letter);
      const lines = text.split("\n").filter((line) => line.includes("http"));
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
      const links = Object.values(letter).includes(LINK) ? [LINK] : [];
      expect(lines).toEqual(links);
      expect(hrefs).toEqual(links);
    },
  );

  it.each(ALL)("$kind: loads nothing from anywhere and runs nothing", (letter) => {
    const { html } = compose(letter);
    expect(html).not.toMatch(
      /<(img|script|iframe|object|embed|link|form|style|svg)\b|url\(|\bon\w+=/i,
    );
  });

  it("no two kinds have the same subject", () => {
    expect(new Set(ALL.map((letter) => compose(letter).subject)).size).toBe(ALL.length);
  });

  it.each([
    [3_600, "for one hour."],
    [7_200, "for 2 hours."],
    [86_400, "for 24 hours."],
  ])("says how long its link works: %d s", (lifetimeSeconds, words) => {
    expect(compose({ ...letters["verify-email"], lifetimeSeconds } as Letter).text).toContain(
      words,
    );
  });

  it.each(ALL)("$kind: says what to do when it was somebody else", (letter) => {
    const isHarmless = "link" in letter || "code" in letter;
    expect(compose(letter).text).toMatch(
      isHarmless ? /If you did not .*, ignore this mail/ : /If it was not you/,
    );
  });
});

it("a link is escaped in HTML and left as it is in text", () => {
  const link = 'https://auth.example.test/verify?token=a&x="><script>';
  const { text, html } = compose({ ...letters["verify-email"], link } as Letter);
  expect(text).toContain(`\n\n${link}\n\n`);
  expect(html).toContain(
    'href="https://auth.example.test/verify?token=a&amp;x=&quot;&gt;&lt;script&gt;"',
  );
});
