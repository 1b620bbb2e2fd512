import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { languages } from "../../src/core/language.ts";
import {
  type LetterKind,
  letterSettingsFrom,
  OWN_TEXTS,
  wrongWith,
} from "../../src/core/mail/letter-texts.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { countCalls } from "../support/count-calls.ts";
import { member } from "../support/members.ts";
import { only, startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";

/** Has the default tenant's letters sent so, as it stands in the database. */
async function sentAs(letters: unknown): Promise<void> {
  await env.DB.prepare("UPDATE tenants SET letters = ? WHERE id = ?")
    .bind(JSON.stringify(letters), DEFAULT_TENANT_ID)
    .run();
}

/** A letter to set a new password. */
async function resetLetter(headers: Record<string, string> = {}) {
  const { email } = await member(startService());
  const service = startPostOffice();
  await service.ask("/api/forgot-password", { body: { email }, headers });
  return only(await service.deliver());
}

afterEach(() => sentAs(null));

describe("a tenant's own words", () => {
  it("stand in its letters, in their language; what it does not say is said in ours", async () => {
    await sentAs({
      texts: { en: { "reset-password": { subject: "{brand}: a new password", lead: "Go on:" } } },
    });
    const { subject, text, html } = await resetLetter();
    expect(subject).toBe("Latchkey: a new password");
    expect(text).toMatch(
      /^Go on:\n\nhttp:\/\/localhost:8787\/reset\?token=[\w-]{43}\n\nThe link works/,
    );
    expect(text).toContain("If you did not ask for it, ignore this mail");
    expect(html).toContain("<h1");
    expect(html).toContain(">Latchkey: a new password</h1>");

    const german = await resetLetter({ "accept-language": "de" });
    expect(german.subject).toBe("Legen Sie ein neues Passwort fest");
  });

  it("are words and no markup: what looks like it is shown as it is written", async () => {
    const lead = '<img src="https://x.example/"> & <script>alert(1)</script>';
    await sentAs({ texts: { en: { "reset-password": { lead } } } });
    const { text, html } = await resetLetter();
    expect(text.startsWith(`${lead}\n\n`)).toBe(true);
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain("&lt;script&gt;");
  });

  it("come from whom it names, at the service's address, with answers to where it says", async () => {
    await sentAs({ senderName: "Ötter, Desk", replyTo: "help@otter.example" });
    expect(await resetLetter()).toMatchObject({
      from: "Ötter, Desk <no-reply@auth.example.com>",
      replyTo: "help@otter.example",
    });
    await sentAs(null);
    const plain = await resetLetter();
    expect(plain.from).toBe("Latchkey <no-reply@auth.example.com>");
    expect(plain).not.toHaveProperty("replyTo");
  });

  it("may name the brand whatever it is called", async () => {
    await sentAs({ texts: { en: { "reset-password": { subject: "For {brand}" } } } });
    await env.DB.prepare("UPDATE tenants SET brand = ? WHERE id = ?")
      .bind(JSON.stringify({ name: "A $& B" }), DEFAULT_TENANT_ID)
      .run();
    const { subject } = await resetLetter();
    await env.DB.prepare("UPDATE tenants SET brand = NULL").run();
    expect(subject).toBe("For A $& B");
  });

  it("cost one read a minute and isolate", async () => {
    const { tenants } = startService().ports;
    const find = () => tenants.findLetterSettings(DEFAULT_TENANT_ID);
    expect(await countCalls(find)).toMatchObject({ d1: 1 });
    expect(await countCalls(find)).toMatchObject({ d1: 0 });
  });

  it("can be given to every text that a letter of that kind has, and to no other", () => {
    for (const language of languages) {
      const { mail } = textsIn(language);
      const ours: Record<string, unknown> = { ...mail, ...mail.notices };
      for (const [kind, names] of Object.entries(OWN_TEXTS)) {
        expect(Object.keys(Object(ours[kind])), kind).toEqual(expect.arrayContaining([...names]));
      }
    }
    expect(Object.keys(OWN_TEXTS)).toHaveLength(23);
  });
});

describe("a text of a letter", () => {
  it.each<[LetterKind, string, unknown, RegExp]>([
    ["verify-email", "unconfirmedAccount", "x", /is no text of this letter: it has subject, lead/],
    ["login-code", "lead", "x", /is no text of this letter/],
    ["verify-email", "toString", "x", /is no text of this letter/],
    ["verify-email", "lead", "", /says something/],
    ["verify-email", "lead", "  ", /says something/],
    ["verify-email", "lead", 7, /must be a text/],
    ["verify-email", "lead", null, /must be a text/],
    ["verify-email", "subject", "x".repeat(121), /has 121 characters, 120 are the most/],
    ["verify-email", "action", "x".repeat(61), /60 are the most/],
    ["verify-email", "lead", "x".repeat(1001), /1000 are the most/],
    ["verify-email", "subject", "Hello\r\nBcc: all@x.example", /on one line/],
    ["verify-email", "subject", "Hello\u2028you", /on one line/],
    ["verify-email", "subject", "pay \u202Eelgoog", /plain characters/],
    ["verify-email", "subject", "Hello {name}", /has something else in braces than \{brand\}$/],
    ["login-code", "subject", "Your code: {code}", /something else in braces/],
    ["verify-email", "lead", "Go to {link}", /something else in braces/],
    ["verify-email", "lead", "until {until}", /something else in braces/],
    ["verify-email", "lead", "{}", /something else in braces/],
  ])("of %s, %s = %j, is refused, and passed over where it is stored", (kind, name, text, says) => {
    expect(wrongWith(kind, name, text)).toMatch(says);
    const stored = { texts: { en: { [kind]: { [name]: text, notYou: "Right." } } } };
    expect(letterSettingsFrom(stored).texts.en?.[kind]).toEqual({ notYou: "Right." });
  });

  it.each<[LetterKind, string, string]>([
    ["verify-email", "subject", "Grüße von {brand} 🦦"],
    ["address-reserved", "what", "Kept until {until}."],
    ["password-changed", "what", "It was changed."],
  ])("of %s may be %s = %j", (kind, name, text) => {
    expect(wrongWith(kind, name, text)).toBeNull();
  });

  it.each([
    null,
    undefined,
    7,
    "x",
    [],
    { senderName: "a <b@c.example>", replyTo: "a@b.example\r\nBcc: c@d.example", texts: 7 },
    { senderName: "Desk\r\nBcc: x", replyTo: "x", texts: { en: 7, fr: { "verify-email": {} } } },
    { senderName: "me@bank.example", texts: { en: { nothing: {}, "verify-email": 7 } } },
  ])("is ours where what is stored is nobody's settings: %j", (stored) => {
    const { senderName, replyTo, texts } = letterSettingsFrom(stored);
    expect([senderName, replyTo]).toEqual([null, null]);
    expect(
      Object.values(texts).flatMap((kinds) => Object.values(kinds).flatMap(Object.keys)),
    ).toEqual([]);
  });
});
