import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { said } from "../../support/account-page.ts";
import { type Browser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { type Person, registered, somebody } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const service = startService();
let browser: Browser;
let person: Person;

beforeAll(async () => {
  ({ browser, person } = await signedInBrowser(service));
});

const PATH = "/account/profile";

async function save(fields: Record<string, string>) {
  const { form } = await browser.open(PATH);
  return browser.post(PATH, { ...form(PATH).fields, ...fields });
}

async function account() {
  const found = await service.ports.accounts.findByEmail(DEFAULT_TENANT_ID, person.email);
  return { name: found?.name, locale: found?.profile.locale };
}

describe("the page", () => {
  it("says what is known, and where the address is changed", async () => {
    const page = await browser.open(PATH);

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Profile – Latchkey",
      lines: [
        "Profile",
        "Your name",
        "Apps that you let see your profile are told your name.",
        "Language of our mails",
        "English",
        "Deutsch",
        "Save",
        `Your e-mail address is ${person.email}. You sign in with it, so it is changed under Sign-in & security.`,
      ],
    });
    expect(page.form(PATH).fields).toMatchObject({ name: person.name });
  });

  it("says it in German", async () => {
    const page = await readingIn("de", () => browser.open(PATH));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Profil – Latchkey",
      lines: [
        "Profil",
        "Ihr Name",
        "Apps, denen Sie Ihr Profil zeigen, erfahren Ihren Namen.",
        "Sprache unserer E-Mails",
        "English",
        "Deutsch",
        "Speichern",
        `Ihre E-Mail-Adresse ist ${person.email}. Sie melden sich damit an, deshalb wird sie unter Anmeldung & Sicherheit geändert.`,
      ],
    });
  });

  it("shows a hostile name as text and in its field alone", async () => {
    const name = '"><script>alert(1)</script>';
    const { browser: theirs } = await signedInBrowser(
      service,
      await registered(service, somebody(name)),
    );

    const page = await theirs.open(PATH);

    expect(page.form(PATH).fields).toMatchObject({ name });
    expect(page.elements.filter(({ tag }) => tag === "script")).toEqual([]);
  });
});

describe("saving", () => {
  it("stores name and language, leads back by redirect and says so", async () => {
    const saved = await save({ name: "  Ada Lovelace ", language: "de" });
    const back = await browser.follow(saved);

    expect(saved.location).toBe("/account/profile?done=profile");
    expect(said(back, person).lines.slice(0, 2)).toEqual(["Your profile was saved.", "Profile"]);
    expect(await account()).toEqual({ name: "Ada Lovelace", locale: "de" });
  });

  it("keeps the region of a language that was known, and a language that nobody offers", async () => {
    await service.ask("/api/user/profile", {
      method: "PUT",
      bearer: (await signIn()).accessToken,
      body: { locale: "de-AT" },
    });

    await save({ name: "Ada", language: "de" });
    expect(await account()).toEqual({ name: "Ada", locale: "de-AT" });
    await save({ name: "Ada", language: "tlh" });
    expect(await account()).toEqual({ name: "Ada", locale: "de-AT" });
    await save({ name: "Ada", language: "en" });
    expect(await account()).toEqual({ name: "Ada", locale: "en" });
  });

  it.each([
    ["nothing", "   ", "Enter a name."],
    ["a story", "x".repeat(201), "A name has at most 200 characters here."],
    ["two lines", "Ada\nLovelace", "A name stands on one line, in characters that can be seen."],
  ])("refuses %s, and puts it back to be corrected", async (_, name, problem) => {
    const before = await account();

    const page = await save({ name });

    const { status, title, lines } = said(page, person);
    expect({ status, title, lines: lines.slice(0, 2) }).toEqual({
      status: 400,
      title: "Error: Profile – Latchkey",
      lines: ["Profile", problem],
    });
    expect(page.form(PATH).fields).toMatchObject({ name });
    expect(await account()).toEqual(before);
  });
});

async function signIn() {
  const { email, password } = person;
  const { body } = await service.ask<{ accessToken: string }>("/api/login", {
    body: { email, password },
  });
  return body;
}
