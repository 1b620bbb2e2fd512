import { describe, expect, it } from "vitest";
import { type Language, languages } from "../../src/core/language.ts";
import type { Content, Letter } from "../../src/core/mail/letter.ts";
import { PLAIN_BRAND } from "../../src/core/tenant/brand.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { compose } from "../../src/mail/compose.ts";

const LINK = "https://auth.example.test/verify?token=abc";
const UNTIL = new Date("2026-12-01T20:17:42Z");

const contents: { [K in Content["kind"]]: Extract<Content, { kind: K }> | Content } = {
  "verify-email": { kind: "verify-email", link: LINK, lifetimeSeconds: 86_400 },
  "reset-password": { kind: "reset-password", link: LINK, lifetimeSeconds: 3_600 },
  "address-unconfirmed": { kind: "address-unconfirmed", link: LINK, lifetimeSeconds: 3_600 },
  "prove-address": {
    kind: "prove-address",
    link: LINK,
    lifetimeSeconds: 86_400,
    hasUnconfirmedAccount: true,
  },
  "login-code": {
    kind: "login-code",
    code: "042042",
    isLong: false,
    lifetimeSeconds: 600,
    hasUnconfirmedAccount: true,
  },
  "change-email": { kind: "change-email", link: LINK, lifetimeSeconds: 3_600 },
  invitation: { kind: "invitation", link: LINK, lifetimeSeconds: 259_200 },
  "address-taken": { kind: "address-taken", link: LINK },
  "new-address-taken": { kind: "new-address-taken", link: LINK },
  "account-secured": { kind: "account-secured", link: LINK, lifetimeSeconds: 3_600 },
  "address-reserved": { kind: "address-reserved", link: LINK, until: UNTIL },
  "account-made": { kind: "account-made", link: LINK, until: UNTIL },
  "password-changed": { kind: "password-changed", link: LINK, until: UNTIL },
  "email-change-requested": { kind: "email-change-requested", link: LINK, until: UNTIL },
  "email-changed": { kind: "email-changed", link: LINK, until: UNTIL },
  "second-factor-on": { kind: "second-factor-on", link: LINK, until: UNTIL },
  "second-factor-off": { kind: "second-factor-off", link: LINK, until: UNTIL },
  "recovery-codes-replaced": { kind: "recovery-codes-replaced", link: LINK, until: UNTIL },
  "passkey-added": { kind: "passkey-added", link: LINK, until: UNTIL },
  "passkey-removed": { kind: "passkey-removed", link: LINK, until: UNTIL },
  "key-made": { kind: "key-made", link: LINK, until: UNTIL },
  "key-deleted": { kind: "key-deleted", link: LINK, until: UNTIL },
  "device-approved": { kind: "device-approved", link: LINK, until: UNTIL },
};

function letter(content: Content, language: Language = "en"): Letter {
  return {
    to: "robin@meadow.example",
    language,
    brand: { ...PLAIN_BRAND, name: "Otter Desk" },
    tenantId: DEFAULT_TENANT_ID,
    senderName: null,
    replyTo: null,
    ownTexts: {},
    origin: {
      city: "Vienna",
      country: "AT",
      browser: "Firefox",
      os: "Windows",
      at: Date.parse("2026-11-28T20:17:42Z"),
    },
    content,
  };
}

const ALL = languages.flatMap((language) =>
  Object.values(contents).map((content) => letter(content, language)),
);
const named = ALL.map((each) => [each.language, each.content.kind, each] as const);

/** What a reader sees of the HTML, a line for each element; the label of a button is left out. */
function linesOf(html: string): string[] {
  return html
    .slice(html.indexOf("</h1>"))
    .split("\n")
    .map((line) =>
      line
        .replace(/<a .*<\/a>/, "")
        .replace(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&"),
    )
    .filter((line) => line !== "");
}

describe("a letter as it is written", () => {
  it("reads, plain", () => {
    expect(compose(letter(contents["reset-password"]))).toMatchObject({
      subject: "Set a new password",
      text: [
        "Set a new password for your account:",
        LINK,
        "The link works once and for 1 hour. Only the newest link works.",
        "Asked for from Vienna, Austria · Firefox on Windows · 28 November 2026 at 20:17 UTC",
        "If you did not ask for it, ignore this mail: your password stays as it is.",
        "– Otter Desk\n",
      ].join("\n\n"),
    });
  });

  it("reads in German", () => {
    expect(compose(letter(contents["verify-email"], "de"))).toMatchObject({
      subject: "Bestätigen Sie Ihre E-Mail-Adresse",
      text: [
        "Bestätigen Sie, dass diese Adresse Ihnen gehört:",
        LINK,
        "Der Link gilt einmal und 24 Stunden lang. Nur der neueste Link gilt.",
        "Angefordert aus Vienna, Österreich · Firefox unter Windows · 28. November 2026 um 20:17 UTC",
        "Falls Sie sich nicht registriert haben, war es jemand anderes, der das Konto weiter nutzt, sobald die Adresse bestätigt ist. Ignorieren Sie diese E-Mail: Ohne den Link kann das niemand.",
        "– Otter Desk\n",
      ].join("\n\n"),
    });
  });

  it.each(named)("%s, %s: says the same in text and HTML", (_language, _kind, each) => {
    const { text, html } = compose(each);
    expect([...linesOf(html), "– Otter Desk\n"]).toEqual(text.split("\n\n"));
  });

  it.each(named)(
    "%s, %s: has its link alone on a line, where mail programs make it a link",
    (_language, _kind, each) => {
      const { text, html } = compose(each);
      const lines = text.split("\n").filter((line) => line.includes("http"));
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
      const links = "link" in each.content ? [LINK] : [];
      expect(lines).toEqual(links);
      expect(hrefs).toEqual(links);
    },
  );

  it.each(named)(
    "%s, %s: loads nothing from anywhere and runs nothing",
    (_language, _kind, each) => {
      expect(compose(each).html).not.toMatch(
        /<(img|script|iframe|object|embed|link|form|svg)\b|url\(|@import|\bon\w+=/i,
      );
    },
  );

  it.each(languages)("%s: no two kinds have the same subject, and none is without words", (to) => {
    const letters = ALL.filter(({ language }) => language === to).map(compose);
    expect(new Set(letters.map(({ subject }) => subject)).size).toBe(letters.length);
    expect(JSON.stringify(letters)).not.toMatch(/undefined|[{]\w+[}]/);
  });

  it.each(languages)("%s: says its language and direction", (language) => {
    const { html } = compose(letter(contents["key-made"], language));
    expect(html).toContain(`<html lang="${language}" dir="ltr">`);
  });

  it.each(Object.values(contents))(
    "$kind: says what to do when it was somebody else",
    (content) => {
      const isHarmless = "lifetimeSeconds" in content && content.kind !== "account-secured";
      expect(compose(letter(content)).text).toMatch(
        isHarmless ? /If you did not .*[,.] ignore this mail/i : /If it was not you/,
      );
    },
  );
});

describe("a login code", () => {
  const { subject, text, html } = compose(letter(contents["login-code"]));

  it("is the first line of the text, and large in HTML", () => {
    expect(text).toMatch(/^042042\n\n/);
    expect(html).toMatch(
      /<p class="code" style="[^"]*font:700 32px[^"]*letter-spacing[^"]*">042042</,
    );
  });

  it("stands neither in the subject nor in the preview, which a locked phone shows", () => {
    expect(subject).not.toContain("042042");
    expect(html.slice(0, html.indexOf("<h1"))).not.toContain("042042");
  });
});

describe("a login code that nobody guesses", () => {
  const content = { ...contents["login-code"], code: "abcd-efgh-jkmnp", isLong: true } as Content;

  it.each<[Language, string]>([
    [
      "en",
      "It is this long because many wrong codes were tried for this address: nobody can guess it. Dashes and capitals make no difference.",
    ],
    [
      "de",
      "Er ist so lang, weil für diese Adresse viele falsche Codes probiert wurden: Ihn kann niemand erraten. Auf Striche und Großbuchstaben kommt es nicht an.",
    ],
  ])("says why in %s", (language, why) => {
    const { text, html } = compose(letter(content, language));

    expect(text.split("\n\n")[0]).toBe("abcd-efgh-jkmnp");
    expect(text.split("\n\n")[2]).toBe(why);
    expect(html).toContain(why);
    expect(compose(letter(contents["login-code"], language)).text).not.toContain(why);
  });

  it("is small enough in HTML for one line of a phone", () => {
    expect(compose(letter(content)).html).toMatch(
      /<p class="code" style="[^"]*font:700 21px[^"]*letter-spacing:1px[^"]*">abcd-efgh-jkmnp</,
    );
  });
});

describe("where it was asked for", () => {
  const lineOf = (origin: Partial<Letter["origin"]>) => {
    const asked = letter(contents["login-code"]);
    const { text } = compose({ ...asked, origin: { ...asked.origin, ...origin } });
    return text.split("\n\n").find((line) => line.startsWith("Asked for"));
  };

  it.each([
    [{}, "Asked for from Vienna, Austria · Firefox on Windows · 28 November 2026 at 20:17 UTC"],
    [{ city: "" }, "Asked for from Austria · Firefox on Windows · 28 November 2026 at 20:17 UTC"],
    [{ os: "" }, "Asked for from Vienna, Austria · Firefox · 28 November 2026 at 20:17 UTC"],
    [
      { city: "", country: "T1", browser: "" },
      "Asked for from T1 · Windows · 28 November 2026 at 20:17 UTC",
    ],
    [{ city: "", country: "", browser: "", os: "" }, "Asked for · 28 November 2026 at 20:17 UTC"],
  ])("leaves out what is not known: %j", (origin, line) => {
    expect(lineOf(origin)).toBe(line);
  });

  it("is where a change was made, in the mail about it", () => {
    expect(compose(letter(contents["key-made"])).text).toContain(
      "\n\nDone from Vienna, Austria · Firefox on Windows · 28 November 2026 at 20:17 UTC\n\n",
    );
  });
});

describe("what a letter looks like", () => {
  const withColor = (color: string | null) =>
    compose({ ...letter(contents["verify-email"]), brand: { ...PLAIN_BRAND, color } }).html;

  it("is light by what stands at its elements, and dark by its style sheet", () => {
    const html = withColor(null);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme:dark){.ground");
    expect(html).toMatch(/<body class="ground" style="[^"]*background:#f4f3ef;color:#1d1c1a/);
  });

  it("is the tenant's colour, made readable in either scheme", () => {
    const html = withColor("#ffee00");
    const [, dark] = html.match(/\.button\{background:(#\w{6})!/) ?? [];
    const [, light] = html.match(/<a class="button"[^>]*background:(#\w{6});/) ?? [];
    expect({ dark, light }).toEqual({ dark: "#ffee00", light: "#736b00" });
  });
});

it("everything foreign is escaped in HTML and left as it is in text", () => {
  const link = 'https://auth.example.test/verify?token=a&x="><script>';
  const foreign = '<b>"Otter" & Desk</b>';
  const { text, html } = compose({
    ...letter({ kind: "verify-email", link, lifetimeSeconds: 3_600 }),
    brand: { ...PLAIN_BRAND, name: foreign },
    origin: { city: foreign, country: "AT", browser: foreign, os: foreign, at: 0 },
  });
  expect(text).toContain(`\n\n${link}\n\n`);
  expect(text).toContain(`from ${foreign}, Austria · ${foreign} on ${foreign} ·`);
  expect(html).toContain(
    'href="https://auth.example.test/verify?token=a&amp;x=&quot;&gt;&lt;script&gt;"',
  );
  expect(html).not.toMatch(/<b>|<script/);
});
