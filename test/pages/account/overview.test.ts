import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { AT_HOME, said } from "../../support/account-page.ts";
import { Browser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { type Person, registered, signedIn } from "../../support/people.ts";
import { secondFactorOf } from "../../support/second-factor.ts";
import { startService } from "../../support/service.ts";

const service = startService();

beforeEach(stopClock);

async function atHome(): Promise<{ browser: Browser; person: Person }> {
  const person = await registered(service);
  // What is of one time is in no order.
  passSeconds(1);
  const browser = Object.assign(new Browser(service), AT_HOME);
  await browser.signIn(person);
  return { browser, person };
}

function update(what: string, { email }: Person) {
  return env.DB.prepare(`UPDATE accounts SET ${what} WHERE email = ?`).bind(email).run();
}

describe("GET /account", () => {
  it("shows the account at a glance, what happened lately, and the way to everything else", async () => {
    const { browser, person } = await atHome();

    const page = await browser.open("/account");

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Your account – Latchkey",
      lines: [
        "Your account",
        "Name: Robin Example",
        `E-mail address: ${person.email} (not confirmed) Confirm it`,
        "Two-factor sign-in: Off Turn it on",
        "Latest activity",
        "Signed in",
        "now (<moment>)",
        "Vienna, Austria · Firefox 128 on Windows 10",
        "The account was made",
        "1 second ago (<moment>)",
        "Unknown · Unknown",
      ],
    });
    const links = page.elements
      .filter(({ tag }) => tag === "a")
      .map(({ attributes }) => attributes);
    expect(links.map(({ href }) => href)).toEqual([
      "/",
      "/account",
      "/account/profile",
      "/account/security",
      "/account/sessions",
      "/account/keys",
      "/account/activity",
      "/account/security/email",
      "/account/security/two-factor",
    ]);
    expect(links.filter((link) => "aria-current" in link)).toEqual([
      { href: "/account", "aria-current": "page" },
    ]);
  });

  it("shows it in German", async () => {
    const { browser, person } = await atHome();

    expect(said(await readingIn("de", () => browser.open("/account")), person)).toEqual({
      status: 200,
      title: "Ihr Konto – Latchkey",
      lines: [
        "Ihr Konto",
        "Name: Robin Example",
        `E-Mail-Adresse: ${person.email} (nicht bestätigt) Bestätigen`,
        "Zwei-Faktor-Anmeldung: Aus Einschalten",
        "Letzte Aktivität",
        "Angemeldet",
        "jetzt (<moment>)",
        "Vienna, Österreich · Firefox 128 unter Windows 10",
        "Das Konto wurde angelegt",
        "vor 1 Sekunde (<moment>)",
        "Unbekannt · Unbekannt",
      ],
    });
  });

  it("shows a confirmed address, no name and a second factor as they are", async () => {
    const { browser, person } = await atHome();
    await update("email_verified_at = 1, name = NULL", person);
    await secondFactorOf(service, person);

    const { lines } = said(await browser.open("/account"), person);

    expect(lines.slice(1, 4)).toEqual([
      "Name: None",
      `E-mail address: ${person.email}`,
      "Two-factor sign-in: On",
    ]);
  });

  it("shows the three newest events", async () => {
    const { browser, person } = await atHome();
    for (let count = 0; count < 3; count++) {
      passSeconds(60);
      await signedIn(service, person);
    }

    const { lines } = said(await browser.open("/account"), person);

    expect(lines.filter((line) => line.endsWith("(<moment>)"))).toEqual([
      "now (<moment>)",
      "1 minute ago (<moment>)",
      "2 minutes ago (<moment>)",
    ]);
  });
});

describe("GET /account/security", () => {
  it("shows what the account is signed in to with, and where each is changed", async () => {
    const { browser, person } = await signedInBrowser(service);

    expect(said(await browser.open("/account/security"), person)).toEqual({
      status: 200,
      title: "Sign-in & security – Latchkey",
      lines: [
        "Sign-in & security",
        "Password",
        "Set",
        "Change password",
        "E-mail address",
        `${person.email}, not confirmed`,
        "Confirm or change address",
        "Two-factor sign-in",
        "Off",
        "Set up",
        "Passkeys",
        "None",
        "Add a passkey",
        "Everywhere else",
        "Lost a device, or unsure who is signed in?",
        "Sign out everywhere else",
      ],
    });
  });

  it("shows it in German, with a second factor, without a password", async () => {
    const { browser, person } = await signedInBrowser(service);
    await secondFactorOf(service, person);
    await update("email_verified_at = 1", person);
    await env.DB.prepare(
      "UPDATE passwords SET hash = NULL WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
    )
      .bind(person.email)
      .run();

    expect(said(await readingIn("de", () => browser.open("/account/security")), person)).toEqual({
      status: 200,
      title: "Anmeldung & Sicherheit – Latchkey",
      lines: [
        "Anmeldung & Sicherheit",
        "Passwort",
        "Keines: Sie melden sich ohne Passwort an",
        "Passwort festlegen",
        "E-Mail-Adresse",
        person.email,
        "Adresse ändern",
        "Zwei-Faktor-Anmeldung",
        "Ein, noch 8 Wiederherstellungscodes übrig",
        "Verwalten",
        "Passkeys",
        "Keine",
        "Passkey hinzufügen",
        "Überall sonst",
        "Ein Gerät verloren, oder unsicher, wer angemeldet ist?",
        "Überall sonst abmelden",
      ],
    });
  });
});

describe("what was done", () => {
  it("is said on the page that follows, and not because a link says so", async () => {
    const { browser, person } = await signedInBrowser(service);
    const path = "/account/security?done=password";
    const first = async (headers: HeadersInit) =>
      said(await browser.open(path, headers), person).lines[0];
    const title = "Sign-in & security";

    expect(await first({ "sec-fetch-site": "same-origin" })).toMatch(/^Your password was changed/);
    expect(await first({ "sec-fetch-site": "cross-site" })).toBe(title);
    expect(await first({ "sec-fetch-site": "same-site" })).toBe(title);
    expect(await first({ "sec-fetch-site": "none" })).toBe(title);
    for (const done of ["", "x", "constructor", "__proto__", "<b>"]) {
      const page = await browser.open(`/account/security?done=${encodeURIComponent(done)}`, {
        "sec-fetch-site": "same-origin",
      });
      expect(said(page, person).lines[0]).toBe(title);
    }
  });
});
