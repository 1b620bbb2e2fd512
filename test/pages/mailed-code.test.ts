import { describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { logLines } from "../support/log-lines.ts";
import { mailedToken, mailTo, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { registered, somebody } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";
import { closeRegistration } from "../support/tenants.ts";
import { tryHundredWrongCodes } from "../support/wrong-codes.ts";

const WRONG =
  "That code is wrong or no longer works. Only the newest one does: type it, or have another sent.";
const EXHAUSTED = "That was tried too often, and the code no longer works. Have another one sent.";

const service = startService();

/** Asks for a code in a browser that came from a device. */
async function askFor(email: string, browser = new Browser(service)): Promise<Page> {
  const { form } = await browser.open("/signin/mail?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK");
  return browser.submit(form("/signin/mail"), { email });
}

async function codeMailedTo(email: string): Promise<string> {
  const { text } = await mailTo(service, email, /code/i);
  return text.match(/^\d{6}$/m)?.[0] ?? "the mail has no code";
}

/** Somebody who has asked for a code and read it. */
async function withCode(email?: string) {
  const known = email ?? (await member(service)).email;
  const browser = new Browser(service);
  const asked = await askFor(known, browser);
  return { email: known, browser, asked, code: await codeMailedTo(known) };
}

function enter({ form }: Page, code: string, browser: Browser): Promise<Page> {
  return browser.submit(form("/signin/mail/code"), { mailed_code: code });
}

describe("signing in with a mailed code", () => {
  it("is found from the sign-in page, keeps the way on, and knows the person there", async () => {
    const { email } = await member(service);
    const browser = new Browser(service);
    const signIn = await browser.open("/signin?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK");
    const path = "/signin/mail?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK";
    expect(signIn.elements).toContainEqual({ tag: "a", attributes: { href: path } });
    const { form } = await browser.open(path);
    const asked = await browser.submit(form("/signin/mail"), { email: ` ${email.toUpperCase()} ` });

    const answer = await enter(asked, await codeMailedTo(email), browser);

    expect([answer.status, answer.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    expect((await browser.open("/device")).lines).toContain(`Signed in as ${email}`);
  });

  it("takes the code with the spaces that people put in", async () => {
    const { asked, browser, code } = await withCode();

    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)} `;

    expect((await enter(asked, spaced, browser)).status).toBe(303);
  });

  it("takes the long code of a mailbox at which too many wrong ones were tried", async () => {
    const { email } = await member(service);
    await tryHundredWrongCodes(service.ports.loginCodes, { tenantId: DEFAULT_TENANT_ID, email });
    const browser = new Browser(service);
    const asked = await askFor(email, browser);
    const [code = ""] = (await mailTo(service, email, /code/i)).text.split("\n");
    for (let tries = 0; tries < 6; tries++) {
      expect((await enter(asked, "aaaaaa", browser)).status).toBe(401);
    }

    const answer = await enter(asked, ` ${code.toUpperCase().replaceAll("-", " - ")} `, browser);

    expect(code).toMatch(/^\w{4}-\w{4}-\w{5}$/);
    expect(answer.status).toBe(303);
    const field = asked.elements.find(({ attributes }) => attributes.name === "mailed_code");
    expect(field?.attributes).toEqual({
      id: "mailed-code",
      name: "mailed_code",
      type: "text",
      class: "code-field",
      autocomplete: "one-time-code",
      autocapitalize: "none",
      spellcheck: "false",
      required: "",
    });
  });

  it("is told the same whether the address has an account", async () => {
    const { email } = await registered(service);
    const unknown = somebody().email;

    const answers = [await askFor(email), await askFor(unknown)];

    expect(answers[0]?.lines).toEqual([
      "Enter the code from the mail",
      `If ${email} can sign in here, a code is on its way. It works once and for 10 minutes; look in the junk folder too.`,
      "Code from the mail",
      "Sign in",
      "Send another code",
      "Sign in with a password",
    ]);
    expect(comparable(answers[0], email)).toEqual(comparable(answers[1], unknown));
  });

  it("makes an account for whoever has none, and says so before", async () => {
    const { email } = somebody();
    const shown = await new Browser(service).open("/signin/mail");
    expect(shown.lines).toContain(
      "We mail you a code to sign in with, and no password is needed. If you have no account yet, the code makes you one.",
    );

    const { asked, browser, code } = await withCode(email);
    await enter(asked, code, browser);

    expect((await browser.open("/device")).lines).toContain(`Signed in as ${email}`);
  });

  it("makes none where nobody may register, and answers a stranger's code like a wrong one", async () => {
    await closeRegistration();
    const { lines } = await new Browser(service).open("/signin/mail");
    expect(lines).toContain("We mail you a code to sign in with, and no password is needed.");
    const { email } = somebody();
    const browser = new Browser(service);

    const { status, lines: refused } = await enter(await askFor(email, browser), "123456", browser);

    expect([status, refused[1]]).toEqual([401, WRONG]);
  });

  it("ends the session that the browser had", async () => {
    const { browser, person } = await signedInBrowser(service);
    const before = browser.copy();
    const asked = await askFor(person.email, browser);

    await enter(asked, await codeMailedTo(person.email), browser);

    expect((await browser.open("/device")).lines).toContain(`Signed in as ${person.email}`);
    expect((await before.open("/device")).status).toBe(303);
  });

  it("leaves neither code nor address in the log", async () => {
    const { text } = logLines();
    const { asked, browser, code, email } = await withCode();
    await enter(asked, code, browser);

    expect(text()).toContain("signInWithCode");
    expect(text()).not.toContain(email);
    expect(text()).not.toMatch(new RegExp(`\\b${code}\\b`));
  });
});

describe("a code that does not sign in", () => {
  it.each([
    ["wrong", "aaaaaa", 401, WRONG],
    ["empty", "  ", 400, "Enter the code from the mail."],
    ["endless", "1".repeat(33), 400, "Enter the code from the mail."],
  ])(
    "is %s: the page says what to do, and a right one works",
    async (_, typed, status, problem) => {
      const { asked, browser, code, email } = await withCode();

      const again = await enter(asked, typed, browser);

      expect({ status: again.status, title: again.title, problem: again.lines[1] }).toEqual({
        status,
        title: "Error: Enter the code from the mail – Latchkey",
        problem,
      });
      expect([...browser.cookies]).toEqual([]);
      expect(again.form("/signin/mail/code").fields).toEqual({
        return_to: "/device?user_code=BCDF-GHJK",
        email,
        mailed_code: "",
      });
      expect((await enter(again, code, browser)).status).toBe(303);
    },
  );

  it("was used, has expired, or was replaced by a newer one: each like a wrong one", async () => {
    stopClock();
    const used = await withCode();
    await enter(used.asked, used.code, used.browser);
    const replaced = await withCode();
    passSeconds(1);
    await askFor(replaced.email);
    await expect.poll(() => codeMailedTo(replaced.email)).not.toBe(replaced.code);
    const late = await withCode();
    passSeconds(600);

    for (const { asked, browser, code } of [used, replaced, late]) {
      const { status, lines } = await enter(asked, code, browser);
      expect([status, lines[1]]).toEqual([401, WRONG]);
    }
  });

  it("was tried too often: even a right one is refused, until another is sent", async () => {
    stopClock();
    const { asked, browser, code, email } = await withCode();
    for (let tries = 0; tries < 5; tries++) {
      await enter(asked, "aaaaaa", browser);
    }

    const refused = await enter(asked, code, browser);
    passSeconds(1);
    const another = await browser.submit(refused.form("/signin/mail"));
    await expect.poll(() => codeMailedTo(email)).not.toBe(code);
    const answer = await enter(another, await codeMailedTo(email), browser);

    expect([refused.status, refused.lines[1]]).toEqual([429, EXHAUSTED]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answer.status).toBe(303);
  });

  it("comes from an address that tries too much", async () => {
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
    const entry = { email: "robin@example.test", mailed_code: "123456" };

    const sent = await new Browser(fenced).post("/signin/mail", { email: entry.email });
    const entered = await new Browser(fenced).post("/signin/mail/code", entry);

    expect([sent.status, sent.lines[1]]).toEqual([
      429,
      "Too many requests. Try again in 60 seconds.",
    ]);
    expect([entered.status, entered.lines[1]]).toEqual([
      429,
      "Too many attempts. Try again in 60 seconds.",
    ]);
  });

  it("is sent five times within an hour, and then no more, with or without an account", async () => {
    const answers: Page[] = [];
    for (const email of [(await registered(service)).email, somebody().email]) {
      for (let times = 0; times < 5; times++) {
        expect((await askFor(email)).status).toBe(200);
      }
      answers.push(await askFor(email));
    }

    expect(answers.map(({ status, lines }) => [status, lines[1]])).toEqual([
      [429, "Too many requests. Try again in 60 minutes."],
      [429, "Too many requests. Try again in 60 minutes."],
    ]);
  });

  it.each(["", "robin", `${"x".repeat(250)}@example.test`])(
    "is for what is no address: %.30j",
    async (email) => {
      const browser = new Browser(service);

      const asked = await askFor(email, browser);
      const entered = await browser.post("/signin/mail/code", { email, mailed_code: "123456" });

      expect([asked.status, asked.title, asked.lines[1]]).toEqual([
        400,
        "Error: Sign in with a code – Latchkey",
        "Enter your e-mail address, such as name@example.com.",
      ]);
      expect([entered.status, entered.location]).toEqual([303, "/signin/mail"]);
    },
  );

  it("has nothing to be typed into for who comes without having asked", async () => {
    const { status, location } = await new Browser(service).open("/signin/mail/code");

    expect([status, location]).toEqual([303, "/signin/mail"]);
  });
});

describe("signing in with a mailed code and a second factor", () => {
  /** Somebody with a second factor who has typed the right code of the mail. */
  async function halfway() {
    stopClock();
    const person = await member(service);
    const { app, recoveryCodes } = await secondFactorOf(service, person);
    const { asked, browser, code } = await withCode(person.email);
    const question = await enter(asked, code, browser);
    const [withApp, withRecoveryCode] = question.forms;
    if (!withApp || !withRecoveryCode) {
      throw new Error("the page does not ask for a second factor");
    }
    return { app, browser, code, person, question, recoveryCodes, withApp, withRecoveryCode };
  }

  it("asks for it before any cookie is set, and carries the code in the form alone", async () => {
    const { browser, code, person, question, withApp } = await halfway();

    expect([question.status, question.title]).toEqual([200, "Enter your code – Latchkey"]);
    expect([...browser.cookies]).toEqual([]);
    expect(withApp).toMatchObject({
      action: "/signin/mail/code",
      fields: {
        email: person.email,
        mailed_code: code,
        code: "",
        return_to: "/device?user_code=BCDF-GHJK",
      },
    });
    const links = question.elements.map(({ attributes: { href = "" } }) => href).join(" ");
    expect(links).not.toContain(code);
  });

  it("says to whoever never set it up how to be rid of it, and to everybody the same", async () => {
    const { browser, code, person, question } = await halfway();
    const stranger = await registered(service);
    await secondFactorOf(service, stranger);
    const met = await withCode(stranger.email);

    const unproved = await enter(met.asked, met.code, met.browser);

    expect(question.lines.slice(-3)).toEqual([
      "You never set this up?",
      "Somebody else may have registered with your address. Set a new password by mail: if nobody has confirmed the address by then, that turns this step off. If you are still asked for a code afterwards, have whoever runs this service turn it off.",
      "Start again",
    ]);
    expect(withoutTyped(unproved, stranger.email, met.code)).toEqual(
      withoutTyped(question, person.email, code),
    );
    const href = "/forgot?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK";
    expect(question.elements).toContainEqual({ tag: "a", attributes: { href } });
    expect((await browser.open(href)).title).toBe("Forgot your password? – Latchkey");
  });

  it("is rid of by a new password where nobody had confirmed the address", async () => {
    stopClock();
    const { email, ...stranger } = await registered(service);
    await secondFactorOf(service, { email, ...stranger });
    const { asked, browser, code } = await withCode(email);
    const met = await enter(asked, code, browser);
    const [forgot = ""] = met.elements.flatMap(({ attributes: { href } }) =>
      href?.startsWith("/forgot") ? [href] : [],
    );

    await browser.submit((await browser.open(forgot)).form("/forgot"), { email });
    const reset = await browser.open(`/reset?token=${await mailedToken(service, email, RESET)}`);
    await browser.submit(reset.form("/reset"), { password: "quiet-heron-marsh" });

    const entered = await enter(asked, code, browser);
    expect([entered.status, entered.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
  });

  it("leads on with a code of the app, and with a recovery code", async () => {
    const first = await halfway();
    const second = await halfway();

    const answers = [
      await first.browser.submit(first.withApp, { code: first.app.nextCode() }),
      await second.browser.submit(second.withRecoveryCode, { code: second.recoveryCodes[0] ?? "" }),
    ];

    for (const { status, location } of answers) {
      expect([status, location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
    }
  });

  it("asks again for a wrong code of the app, and the code of the mail still works", async () => {
    const { app, browser, withApp } = await halfway();

    const wrong = await browser.submit(withApp, { code: app.wrongCode() });
    const empty = await browser.submit(withApp, { code: " " });
    const right = await browser.submit(wrong.form("/signin/mail/code"), { code: app.nextCode() });

    expect([wrong.status, wrong.lines[1]]).toEqual([
      401,
      "That code is wrong or was used already.",
    ]);
    expect([empty.status, empty.lines[1]]).toEqual([
      400,
      "Enter the code from your app, or one of your recovery codes.",
    ]);
    expect(right.status).toBe(303);
  });

  it("says that a wrong recovery code uses up the code of the mail", async () => {
    const { app, browser, code, withApp, withRecoveryCode } = await halfway();

    const wrong = await browser.submit(withRecoveryCode, { code: "aaaaa-aaaaa" });
    const late = await browser.submit(withApp, { code: app.nextCode() });

    expect([wrong.status, wrong.lines[1]]).toEqual([
      401,
      "That recovery code is wrong or was used already. The code from the mail is used up with it: have another one sent.",
    ]);
    expect([late.status, late.lines[1]]).toEqual([401, WRONG]);
    expect(wrong.source).not.toContain(code);
    expect([...browser.cookies]).toEqual([]);
  });
});

function withoutTyped({ status, source }: Page, email: string, code: string) {
  return { status, source: source.replaceAll(email, "(address)").replaceAll(code, "(code)") };
}

function comparable(page: Page | undefined, email: string) {
  const { "x-request-id": _, ...headers } = Object.fromEntries(page?.headers ?? []);
  return { status: page?.status, headers, source: page?.source.replaceAll(email, "(address)") };
}
