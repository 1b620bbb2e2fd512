import { beforeAll, describe, expect, it } from "vitest";
import { ask } from "../support/authorization.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

/** How long a sign-in counts as fresh. */
const FRESH_SECONDS = 600;

const service = startService();

beforeAll(registerOAuthClients);

function headOf({ status, title, lines }: Page) {
  return { status, title, about: lines.slice(0, 2) };
}

describe("who is signed in and comes to sign in", () => {
  it("is told who they are, and goes on by a link", async () => {
    const { browser, person } = await signedInBrowser(service);

    const page = await browser.open("/signin?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK");

    expect(headOf(page)).toEqual({
      status: 200,
      title: "You are signed in – Latchkey",
      about: ["You are signed in", `This browser is signed in as ${person.email}.`],
    });
    expect(page.elements).toContainEqual({
      tag: "a",
      attributes: { class: "button", href: "/device?user_code=BCDF-GHJK" },
    });
    expect(page.form("/signin").fields.email).toBe("");
  });

  it("goes on to their account where they came from nowhere", async () => {
    const { browser } = await signedInBrowser(service);

    const { elements } = await browser.open("/signin");

    expect(elements).toContainEqual({
      tag: "a",
      attributes: { class: "button", href: "/account" },
    });
  });

  it("can sign in as somebody else, whose session takes the place of theirs", async () => {
    const { browser } = await signedInBrowser(service);
    const other = await registered(service);
    const { form, lines } = await browser.open("/signin?return_to=%2Fdevice");
    expect(lines).toContain("Sign in as somebody else");

    const { email, password } = other;
    const answer = await browser.submit(form("/signin"), { email, password });

    expect((await browser.follow(answer)).lines).toContain(`Signed in as ${email}`);
  });

  it("is asked to sign in, and not to go on, once that was refused", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await browser.open("/signin");

    const page = await browser.submit(form("/signin"), { email: "x@example.test", password: "x" });

    expect(headOf(page)).toEqual({
      status: 401,
      title: "Error: Sign in – Latchkey",
      about: ["Sign in", "The e-mail address or the password is wrong."],
    });
  });

  it("is nobody any more after a day", async () => {
    stopClock();
    const { browser } = await signedInBrowser(service);
    passSeconds(86_400);

    expect((await browser.open("/signin")).title).toBe("Sign in – Latchkey");
  });
});

describe("who has to prove anew that it is them", () => {
  const CONFIRM = "Confirm that it is you";

  async function longSignedIn() {
    stopClock();
    const signedIn = await signedInBrowser(service);
    passSeconds(FRESH_SECONDS + 1);
    return signedIn;
  }

  it("on the way to a page that wants it is asked for the password or a passkey alone", async () => {
    const { browser, person } = await longSignedIn();

    const page = await browser.open("/signin?return_to=%2Faccount%2Fsecurity");

    expect({ title: page.title, lines: page.lines }).toEqual({
      title: `${CONFIRM} – Latchkey`,
      lines: [
        CONFIRM,
        `You are signed in as ${person.email}. What comes next needs you to sign in once more.`,
        "E-mail address",
        "Password",
        "Sign in",
        "Sign in with a passkey",
        "E-mail me a code instead",
        "Forgot your password?",
      ],
    });
    expect(page.form("/signin").fields.email).toBe(person.email);
  });

  it("is led on to that page, and the form says the same after a wrong password", async () => {
    const { browser, person } = await longSignedIn();
    const { form } = await browser.open("/signin?return_to=%2Faccount%2Fsecurity");

    const wrong = await browser.submit(form("/signin"), { password: "wrong" });
    const { password } = person;
    const { status, location } = await browser.submit(wrong.form("/signin"), { password });

    expect([wrong.status, wrong.title]).toEqual([401, `Error: ${CONFIRM} – Latchkey`]);
    expect(wrong.form("/signin").fields.email).toBe(person.email);
    expect([status, location]).toEqual([303, "/account/security"]);
  });

  it("finds their address on the page that mails a code", async () => {
    const { browser, person } = await longSignedIn();

    const { form } = await browser.open("/signin/mail?return_to=%2Faccount%2Fsecurity");

    expect(form("/signin/mail").fields).toEqual({
      return_to: "/account/security",
      email: person.email,
    });
  });

  it("is not asked while the sign-in is fresh, nor on the way to other pages", async () => {
    const { browser: later } = await longSignedIn();
    const { browser } = await signedInBrowser(service);

    const fresh = await browser.open("/signin?return_to=%2Faccount%2Fsecurity");
    const elsewhere = await later.open("/signin?return_to=%2Fdevice");

    expect([fresh.title, elsewhere.title]).toEqual([
      "You are signed in – Latchkey",
      "You are signed in – Latchkey",
    ]);
  });

  it.each([
    ["wants a new sign-in", { prompt: "login" }],
    ["wants one that is newer", { max_age: "60" }],
  ])("is told by an app that %s, and which app it is", async (_, parameters) => {
    const { browser, person } = await longSignedIn();

    const page = await browser.follow(await ask(browser, parameters));

    expect(page.lines.slice(0, 2)).toEqual([
      CONFIRM,
      `You are signed in as ${person.email}. What comes next needs you to sign in once more.`,
    ]);
    expect(page.lines[2]).toMatch(/^Then you go on to /);
    expect(page.form("/signin").fields.email).toBe(person.email);
  });

  it("goes on to an app that does not want it", async () => {
    const { browser } = await longSignedIn();
    const start = await ask(new Browser(service), { max_age: "86400" });

    const page = await browser.open(start.location ?? "");

    expect(page.title).toBe("You are signed in – Latchkey");
    const goOn = page.elements.find(({ attributes }) => attributes.class === "button");
    expect(goOn?.attributes.href).toMatch(/^\/oauth\/consent\?request=/);
  });
});
