import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { said } from "../../support/account-page.ts";
import { type Browser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { mailTo } from "../../support/mail.ts";
import { type Person, signedIn } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const service = startService();
const PATH = "/account/security/password";
const NEW = "an-entirely-other-otter";

async function send(browser: Browser, fields: Record<string, string>) {
  const { form } = await browser.open(PATH);
  return browser.post(PATH, { ...form(PATH).fields, ...fields });
}

async function signInAnswers({ email }: Person, password: string): Promise<number> {
  return (await service.ask("/api/login", { body: { email, password } })).status;
}

async function withoutPassword(): Promise<{ browser: Browser; person: Person }> {
  const { browser, person } = await signedInBrowser(service);
  await env.DB.prepare(
    "UPDATE passwords SET hash = NULL WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
  )
    .bind(person.email)
    .run();
  return { browser, person };
}

describe("PWD-05: changing the password", () => {
  it("asks for the one that is known, and says what ends", async () => {
    const { browser, person } = await signedInBrowser(service);

    const page = await browser.open(PATH);

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Change your password – Latchkey",
      lines: [
        "Change your password",
        "Every other sign-in ends with it: devices and apps have to be connected again.",
        "Current password",
        "New password",
        "At least 8 characters. A few words in a row are easy to remember and hard to guess.",
        "Change password",
        "Forgot your password?",
      ],
    });
    expect(page.source).not.toContain(person.password);
  });

  it("tells password managers whose password it is, in a field that nobody sees", async () => {
    const { browser, person } = await signedInBrowser(service);

    const { elements } = await browser.open(PATH);

    expect(elements.find(({ attributes }) => attributes.autocomplete === "username")).toEqual({
      tag: "input",
      attributes: expect.objectContaining({ value: person.email, hidden: "", readonly: "" }),
    });
  });

  it("changes it, ends every other sign-in but not this one, and mails its owner", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { browser: elsewhere } = await signedInBrowser(service, person);

    const changed = await send(browser, { current_password: person.password, password: NEW });
    const back = await browser.follow(changed);

    expect(changed.location).toBe("/account/security?done=password");
    expect(said(back, person).lines.slice(0, 2)).toEqual([
      "Your password was changed. Every other sign-in has ended, on all your devices.",
      "Sign-in & security",
    ]);
    expect((await elsewhere.open("/account")).status).toBe(303);
    expect(await signInAnswers(person, person.password)).toBe(401);
    expect(await signInAnswers(person, NEW)).toBe(200);
    expect(await mailTo(service, person.email, /password was changed/i)).toBeDefined();
  });

  it.each([
    [
      "a wrong current one",
      { current_password: "not-it-at-all" },
      401,
      "Your current password is not right.",
    ],
    [
      "the same again",
      { password: "same" },
      400,
      "The new password is the old one. Choose another.",
    ],
    ["a short one", { password: "short" }, 400, "Your password must have at least 8 characters."],
    [
      "a common one",
      { password: "password123" },
      400,
      "Your password is among the first that anyone would try; choose another.",
    ],
    [
      "their own name",
      { password: "robinexample1" },
      400,
      "Your password is made of your own name or address; choose another.",
    ],
    ["no current one", { current_password: "" }, 400, "Enter your password."],
    ["no new one", { password: "" }, 400, "Enter your password."],
    [
      "an endless one",
      { password: "x".repeat(1025) },
      400,
      "A password has at most 1024 characters here.",
    ],
  ])("refuses %s, and changes nothing", async (_, wrong, status, problem) => {
    const { browser, person } = await signedInBrowser(service);
    const fields = { current_password: person.password, password: NEW, ...wrong };
    if (fields.password === "same") {
      fields.password = person.password;
    }

    const page = await send(browser, fields);

    const { title, lines } = said(page, person);
    expect({ status: page.status, title, lines: lines.slice(0, 3) }).toEqual({
      status,
      title: "Error: Change your password – Latchkey",
      lines: [
        "Change your password",
        "Every other sign-in ends with it: devices and apps have to be connected again.",
        problem,
      ],
    });
    expect(page.elements.map(({ attributes: { value } }) => value)).not.toContain(fields.password);
    expect(await signInAnswers(person, person.password)).toBe(200);
  });

  it("refuses in German, whichever rule is broken", async () => {
    const { browser, person } = await signedInBrowser(service);

    const pages = await readingIn("de", () =>
      Promise.all([
        send(browser, { current_password: "falsch", password: NEW }),
        send(browser, { current_password: person.password, password: "kurz" }),
      ]),
    );

    expect(pages.map((page) => said(page, person).lines.slice(0, 3))).toEqual([
      [
        "Passwort ändern",
        "Alle anderen Anmeldungen enden damit: Geräte und Apps müssen neu verbunden werden.",
        "Ihr jetziges Passwort stimmt nicht.",
      ],
      [
        "Passwort ändern",
        "Alle anderen Anmeldungen enden damit: Geräte und Apps müssen neu verbunden werden.",
        "Ihr Passwort muss mindestens 8 Zeichen haben.",
      ],
    ]);
  });

  it("sent twice, is harmless: the second is told that the old password is not right", async () => {
    const { browser, person } = await signedInBrowser(service);
    const fields = { current_password: person.password, password: NEW };
    const { form } = await browser.open(PATH);

    await browser.submit(form(PATH), fields);
    const again = await browser.submit(form(PATH), fields);

    expect(again.status).toBe(401);
    expect(await signInAnswers(person, NEW)).toBe(200);
  });

  it("asks who signed in more than ten minutes ago to do so again first, and changes nothing", async () => {
    stopClock();
    const { browser, person } = await signedInBrowser(service);
    const { form } = await browser.open(PATH);
    passSeconds(601);

    const fields = { current_password: person.password, password: NEW };
    const answer = await browser.submit(form(PATH), fields);

    expect([answer.status, answer.location]).toEqual([
      303,
      "/signin?return_to=%2Faccount%2Fsecurity%2Fpassword",
    ]);
    expect(await signInAnswers(person, NEW)).toBe(401);
    expect(await signInAnswers(person, person.password)).toBe(200);
  });

  it("counts guesses at the current one like those of a sign-in", async () => {
    stopClock();
    const strict = startService({ PASSWORD_FAILURES_BEFORE_DELAY: "3" });
    const { browser, person } = await signedInBrowser(strict);
    const guess = () => send(browser, { current_password: "not-it-at-all", password: NEW });

    const answers = [await guess(), await guess(), await guess(), await guess()];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    const last = answers[3];
    expect(last && said(last, person).lines[2]).toMatch(/^Too many attempts\. Try again in /);
    expect(last?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});

describe("an account without a password", () => {
  it("is offered to set its first, and is signed in with it from then on", async () => {
    const { browser, person } = await withoutPassword();
    const page = await browser.open(PATH);

    const set = await browser.submit(page.form(PATH), { password: NEW });

    expect(said(page, person).lines).toEqual([
      "Set a password",
      "You can sign in with it then, and as you do now. Every other sign-in ends.",
      "New password",
      "At least 8 characters. A few words in a row are easy to remember and hard to guess.",
      "Set password",
    ]);
    expect(set.location).toBe("/account/security?done=firstPassword");
    expect(said(await browser.follow(set), person).lines[0]).toBe(
      "Your account has a password now. Every other sign-in has ended, on all your devices.",
    );
    expect(await signInAnswers(person, NEW)).toBe(200);
  });

  it("is told what is wrong with it", async () => {
    const { browser, person } = await withoutPassword();

    const page = await send(browser, { password: "short" });

    expect(page.status).toBe(400);
    expect(said(page, person).lines.slice(0, 3)).toEqual([
      "Set a password",
      "You can sign in with it then, and as you do now. Every other sign-in ends.",
      "Your password must have at least 8 characters.",
    ]);
  });

  it("sent twice, is led to the page as it is now", async () => {
    const { browser, person } = await withoutPassword();
    const { form } = await browser.open(PATH);

    await browser.submit(form(PATH), { password: NEW });
    const again = await browser.submit(form(PATH), { password: "yet-another-otter" });

    expect([again.status, again.location]).toEqual([303, PATH]);
    expect(await signInAnswers(person, NEW)).toBe(200);
  });

  it("is no way around the password that an account has", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { csrf = "" } = (await browser.open(PATH)).form(PATH).fields;

    const { status, location } = await browser.post(PATH, { csrf, password: NEW });

    expect([status, location]).toEqual([303, PATH]);
    expect(await signInAnswers(person, person.password)).toBe(200);
    await signedIn(service, person);
  });
});
