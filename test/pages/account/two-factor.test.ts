import { env } from "cloudflare:workers";
import { encode } from "uqr";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { said } from "../../support/account-page.ts";
import { Authenticator } from "../../support/authenticator.ts";
import { type Browser, type Page, readingIn, signedInBrowser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import type { Person } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const service = startService();
const PATH = "/account/security/two-factor";
const CONFIRM = "/account/security/two-factor/confirm";
const OFF = "/account/security/two-factor-off";
const CODES = "/account/security/recovery-codes";
const CODE = /^[2-9a-z]{5}-[2-9a-z]{5}$/;

beforeEach(stopClock);

async function begun(): Promise<{ browser: Browser; person: Person; page: Page }> {
  const { browser, person } = await signedInBrowser(service);
  const page = await browser.submit((await browser.open(PATH)).form(PATH));
  return { browser, person, page };
}

/** Somebody whose second factor is on, the app that shows its codes, and the page that said so. */
async function turnedOn() {
  const { browser, person, page } = await begun();
  const app = new Authenticator(secretOn(page));
  const shown = await browser.submit(page.form(CONFIRM), { code: app.code() });
  return { browser, person, app, page, shown };
}

function secretOn({ lines }: Page): string {
  const secret = lines.find((line) => /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/.test(line));
  if (!secret) {
    throw new Error("the page shows no secret");
  }
  return secret.replaceAll(" ", "");
}

function codesOn({ lines }: Page): string[] {
  return [...new Set(lines.filter((line) => CODE.test(line)))];
}

/** Whether an account's password alone signs it in, or a recovery code has to come along. */
async function signIn({ email, password }: Person, recoveryCode?: string): Promise<number> {
  const body = { email, password, ...(recoveryCode && { recoveryCode }) };
  return (await service.ask("/auth/signin", { body })).status;
}

async function proveAddress({ email }: Person): Promise<void> {
  await env.DB.prepare("UPDATE accounts SET email_verified_at = 1 WHERE email = ?")
    .bind(email)
    .run();
}

describe("setting it up", () => {
  it("says what it is good for", async () => {
    const { browser, person } = await signedInBrowser(service);

    expect(said(await browser.open(PATH), person)).toEqual({
      status: 200,
      title: "Two-factor sign-in – Latchkey",
      lines: [
        "Two-factor sign-in",
        "Signing in then also asks for a code from an app on your phone. Whoever finds out your password, or reads your mail, still does not get in.",
        "You need an authenticator app, such as Aegis, 2FAS, Google Authenticator or a password manager.",
        "Set up",
      ],
    });
  });

  it("shows a key to scan and to type, in the answer itself and kept by nobody", async () => {
    const { person, page } = await begun();

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Set up your app – Latchkey",
      lines: [
        "Set up your app",
        "Scan this with your authenticator app.",
        "Or type the key into it:",
        expect.stringMatching(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/),
        "Then enter the code that the app shows.",
        "Six-digit code",
        "Turn on",
        "Start again with another key",
      ],
    });
    expect(page.headers.get("cache-control")).toBe("no-store");
    const [qrCode] = page.elements.filter(({ tag }) => tag === "svg");
    expect(qrCode?.attributes).toMatchObject({
      role: "img",
      "aria-label": "QR code with the secret key below",
    });
    expect(page.elements.filter(({ tag }) => tag === "path")).toHaveLength(2);
  });

  it("carries the tenant's name and the account's address to the app, and the same key as the text", async () => {
    const { person, page } = await begun();

    expect(modulesOn(page)).toEqual(modulesOf(uriOf(person, page)));
  });

  it("is on after a first code, and shows the recovery codes this once", async () => {
    const { browser, person, shown } = await turnedOn();

    const codes = codesOn(shown);
    expect(said(shown, person)).toEqual({
      status: 200,
      title: "Your recovery codes – Latchkey",
      lines: [
        "Your recovery codes",
        "Two-factor sign-in is on. Each of these signs you in once, without your app. Print them or copy them to a safe place: they are not shown again.",
        expect.stringMatching(new RegExp(`^${person.email} at Latchkey, \\d+ \\w+ \\d{4}$`)),
        ...codes,
        "All of them, to copy",
        ...codes,
        "Printing this page prints only the codes.",
        "I have saved them",
      ],
    });
    expect(codes).toHaveLength(8);
    expect(shown.headers.get("cache-control")).toBe("no-store");
    const { lines } = said(await browser.open(PATH), person);
    expect(lines).toEqual([
      "Two-factor sign-in",
      "Signing in asks for a code from your authenticator app.",
      "You have 8 recovery codes left.",
      "Lost your recovery codes, or never saved them? Make new recovery codes",
      "Turn off two-factor sign-in",
    ]);
  });

  it("is told in German as well", async () => {
    const { person, page, shown } = await readingIn("de", turnedOn);

    expect(said(page, person).lines).toEqual([
      "App einrichten",
      "Scannen Sie das mit Ihrer Authenticator-App.",
      "Oder tippen Sie den Schlüssel dort ein:",
      expect.any(String),
      "Geben Sie dann den Code ein, den die App zeigt.",
      "Sechsstelliger Code",
      "Einschalten",
      "Mit einem anderen Schlüssel neu beginnen",
    ]);
    expect(said(shown, person).lines.slice(0, 3)).toEqual([
      "Ihre Wiederherstellungs\u00adcodes",
      "Die Zwei-Faktor-Anmeldung ist eingeschaltet. Mit jedem davon können Sie sich einmal ohne Ihre App anmelden. Drucken Sie sie aus oder kopieren Sie sie an einen sicheren Ort: Sie werden nicht noch einmal gezeigt.",
      expect.stringMatching(/ bei Latchkey, \d+\. [\wä]+ \d{4}$/),
    ]);
  });

  it.each([
    [
      "a wrong code",
      null,
      401,
      "That code is wrong, or was used already. Wait for the next one and enter that.",
    ],
    ["what is no code", "12345", 400, "Enter the six digits that your app shows."],
  ])("after %s shows the same key again, which still works", async (_, typed, status, problem) => {
    const { browser, person, page } = await begun();
    const app = new Authenticator(secretOn(page));

    const code = typed ?? app.wrongCode();
    const again = await browser.submit(page.form(CONFIRM), { code });

    const { title, lines } = said(again, person);
    expect({ status: again.status, title, lines: lines.slice(0, 2) }).toEqual({
      status,
      title: "Error: Set up your app – Latchkey",
      lines: ["Set up your app", problem],
    });
    expect(secretOn(again)).toBe(secretOn(page));
    expect(modulesOn(again)).toEqual(modulesOn(page));
    const spaced = app.code().replace(/^.../, "$& ");
    expect(codesOn(await browser.submit(again.form(CONFIRM), { code: spaced }))).toHaveLength(8);
  });

  it("begins again with another key where that is asked for, and the first one is dead", async () => {
    const { browser, page } = await begun();

    const other = await browser.submit(page.form(PATH));

    expect(secretOn(other)).not.toBe(secretOn(page));
    const code = new Authenticator(secretOn(page)).code();
    expect((await browser.submit(page.form(CONFIRM), { code })).status).toBe(401);
  });

  it("sent twice, is harmless: the second is led to the page that says that it is on", async () => {
    const { browser, app, page, shown } = await turnedOn();

    const again = await browser.submit(page.form(CONFIRM), { code: app.nextCode() });
    const begunAgain = await browser.post(PATH, { csrf: page.form(PATH).fields.csrf ?? "" });

    expect([again, begunAgain].map(({ status, location }) => [status, location])).toEqual([
      [303, PATH],
      [303, PATH],
    ]);
    expect(codesOn(shown)).toHaveLength(8);
  });

  it("takes no key but one that was shown in this session", async () => {
    const { browser, page } = await begun();
    const { page: theirs } = await begun();
    const { set_up: own = "", ...fields } = page.form(CONFIRM).fields;
    const foreign = theirs.form(CONFIRM).fields.set_up ?? "";
    const code = new Authenticator(secretOn(theirs)).code();

    for (const set_up of [foreign, "", own.slice(0, -2)]) {
      const { status, location } = await browser.post(CONFIRM, { ...fields, set_up, code });
      expect([status, location]).toEqual([303, PATH]);
    }
    const { status } = await browser.post(CONFIRM, { ...fields, code });
    expect(status).toBe(303);
  });

  it("puts no secret into an address, nor into anything that leads away", async () => {
    const { page, shown } = await turnedOn();

    const addresses = [page, shown].flatMap(({ elements }) =>
      elements.flatMap(({ attributes: { href, action, src } }) => [href, action, src]),
    );
    for (const secret of [secretOn(page), ...codesOn(shown)]) {
      expect(addresses.join(" ")).not.toContain(secret);
    }
    expect(page.source).not.toContain("otpauth:");
  });
});

describe("new recovery codes", () => {
  it("cost a code of the app, and end the earlier ones", async () => {
    const { browser, person, app, shown } = await turnedOn();
    const page = await browser.open(CODES);

    const made = await browser.submit(page.form(CODES), { code: app.nextCode() });

    expect(said(page, person).lines).toEqual([
      "New recovery codes",
      "All the codes that you have now stop working, used or not.",
      "Code from your authenticator app",
      "Make new codes",
    ]);
    expect(said(made, person).lines.slice(0, 2)).toEqual([
      "Your recovery codes",
      "The earlier ones no longer work. Each of these signs you in once, without your app. Print them or copy them to a safe place: they are not shown again.",
    ]);
    await proveAddress(person);
    const [old] = codesOn(shown);
    const [fresh] = codesOn(made);
    expect(await signIn(person, old)).not.toBe(200);
    expect(await signIn(person, fresh)).toBe(200);
  });

  it.each([
    ["a wrong code", null, 401, "That code is wrong, or was used already."],
    ["what is no code", "", 400, "Enter the six digits that your app shows."],
  ])("are refused for %s", async (_, typed, status, problem) => {
    const { browser, person, app } = await turnedOn();

    const code = typed ?? app.wrongCode();
    const page = await browser.submit((await browser.open(CODES)).form(CODES), { code });

    expect(page.status).toBe(status);
    expect(said(page, person).lines[2]).toBe(problem);
  });

  it("are not made where there is no second factor", async () => {
    const { browser } = await signedInBrowser(service);
    const { csrf = "" } = (await browser.open(PATH)).form(PATH).fields;

    expect((await browser.open(CODES)).location).toBe(PATH);
    expect((await browser.post(CODES, { csrf, code: "123456" })).location).toBe(PATH);
  });

  it("are warned about when few are left, here and among the ways to sign in", async () => {
    const { browser, person } = await turnedOn();
    await env.DB.prepare(
      `UPDATE recovery_codes SET spent_on = 'x' WHERE account_id = (SELECT id FROM accounts WHERE email = ?)
        AND digest NOT IN (SELECT digest FROM recovery_codes AS own WHERE own.account_id = recovery_codes.account_id LIMIT 1)`,
    )
      .bind(person.email)
      .run();
    const warning =
      "You are running out of recovery codes. Without them and without your app you cannot sign in: make new ones.";

    expect(said(await browser.open(PATH), person).lines.slice(2, 4)).toEqual([
      "You have 1 recovery code left.",
      warning,
    ]);
    expect(said(await browser.open("/account/security"), person).lines).toContain(warning);
  });
});

describe("turning it off", () => {
  it.each(["a code of the app", "a recovery code"])("takes the password and %s", async (what) => {
    const { browser, person, app, shown } = await turnedOn();
    const page = await browser.open(OFF);
    const code = what === "a recovery code" ? (codesOn(shown)[0] ?? "") : app.nextCode();

    const off = await browser.submit(page.form(OFF), { password: person.password, code });

    expect(said(page, person).lines).toEqual([
      "Turn off two-factor sign-in",
      "Signing in will ask for your password alone.",
      "Password",
      "Code from your app, or a recovery code",
      "Turn off",
    ]);
    expect(off.location).toBe("/account/security?done=secondFactorOff");
    expect(said(await browser.follow(off), person).lines[0]).toBe(
      "Two-factor sign-in is off. Your recovery codes no longer work.",
    );
    await proveAddress(person);
    expect(await signIn(person)).toBe(200);
  });

  it.each([
    ["a wrong password", { password: "not-it-at-all" }, 401, "Your password is not right."],
    ["no password", { password: "" }, 400, "Enter your password."],
    ["a wrong code", null, 401, "That code is wrong, or was used already."],
    ["no code", { code: " " }, 400, "Enter a code from your app, or one of your recovery codes."],
  ])("is refused for %s, and stays on", async (_, wrong, status, problem) => {
    const { browser, person, app } = await turnedOn();
    const right = { password: person.password, code: app.nextCode() };
    const typed = { ...right, ...(wrong ?? { code: app.wrongCode() }) };

    const page = await browser.submit((await browser.open(OFF)).form(OFF), typed);

    expect(page.status).toBe(status);
    expect(said(page, person).lines[2]).toBe(problem);
    expect(said(await browser.open(PATH), person).lines[1]).toBe(
      "Signing in asks for a code from your authenticator app.",
    );
  });

  it("sent twice, is harmless", async () => {
    const { browser, person, app } = await turnedOn();
    const { form } = await browser.open(OFF);
    const typed = () => ({ password: person.password, code: app.nextCode() });

    await browser.submit(form(OFF), typed());
    const again = await browser.submit(form(OFF), typed());

    expect([again.status, again.location]).toEqual([303, PATH]);
    expect((await browser.open(OFF)).location).toBe(PATH);
  });

  it("of an account without a password begins with setting one", async () => {
    const { browser, person, app } = await turnedOn();
    const account = await service.ports.accounts.findByEmail(DEFAULT_TENANT_ID, person.email);
    await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?")
      .bind(account?.id)
      .run();

    const page = await browser.open(OFF);
    const { csrf = "" } = page.form("/signout").fields;
    const posted = await browser.post(OFF, { csrf, password: "x", code: app.nextCode() });

    expect(said(page, person).lines).toEqual([
      "Turn off two-factor sign-in",
      "Turning this off takes a password as well as a code, so that nobody who got hold of one of them can do it. Your account has no password yet.",
      "Set a password first",
    ]);
    expect(posted.status).toBe(401);
  });
});

describe("a sign-in that gets too old on the way", () => {
  it("leads to signing in again, and then to the beginning", async () => {
    const { browser, page } = await begun();
    passSeconds(601);

    const { status, location } = await browser.submit(page.form(CONFIRM), { code: "123456" });

    expect([status, location]).toEqual([303, `/signin?return_to=${encodeURIComponent(PATH)}`]);
  });
});

/** What an authenticator app is told of the key on the page. */
function uriOf({ email }: Person, page: Page): string {
  return `otpauth://totp/Latchkey:${encodeURIComponent(email)}?secret=${secretOn(page)}&issuer=Latchkey&algorithm=SHA1&digits=6&period=30`;
}

/** The dark modules of the QR code on the page, with four light ones around them. */
function modulesOn({ elements }: Page): boolean[][] {
  const size = Number(elements.find(({ tag }) => tag === "svg")?.attributes.viewbox?.split(" ")[3]);
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const dark = elements.filter(({ tag }) => tag === "path")[1]?.attributes.d ?? "";
  for (const [, x, y, length] of dark.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  return modules;
}

function modulesOf(text: string): boolean[][] {
  return encode(text, { ecc: "M", border: 4 }).data;
}
