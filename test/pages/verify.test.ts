import { describe, expect, it } from "vitest";
import { createdKey } from "../support/api-keys.ts";
import { Browser, type Page } from "../support/browser.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

const PROOF = /address is yours/i;

const service = startService();

async function unverified(): Promise<{ person: Person; token: string }> {
  const person = await registered(service);
  return { person, token: await mailedToken(service, person.email, VERIFY) };
}

async function isVerified(person: Person): Promise<boolean> {
  return (await signedIn(service, person)).user.emailVerified;
}

describe("opening the link of the mail", () => {
  it("spends nothing, however often and by whatever it is opened", async () => {
    const { person, token } = await unverified();
    const browser = new Browser(service);
    const path = `/verify?token=${token}`;

    const shown = await browser.open(path);
    await browser.open(path);
    await browser.send(path, { method: "HEAD" });

    expect({ status: shown.status, title: shown.title, lines: shown.lines }).toEqual({
      status: 200,
      title: "Confirm your address – Latchkey",
      lines: [
        "Confirm your address",
        "One click, and the address is confirmed as yours.",
        "If it was not you who registered, do not confirm it: whoever did goes on using the account with their password. It becomes yours alone when you set one: Set a password of your own",
        "Confirm my address",
      ],
    });
    expect(await isVerified(person)).toBe(false);
  });

  it("leads whoever did not register to a password that shuts out who did", async () => {
    const { person, token } = await unverified();
    const { accessToken: bearer } = await signedIn(service, person);
    const { key } = await createdKey(service, bearer);
    const browser = new Browser(service);
    const { elements } = await browser.open(`/verify?token=${token}`);
    expect(elements).toContainEqual({ tag: "a", attributes: { href: "/forgot" } });

    const { form } = await browser.open("/forgot");
    await browser.submit(form("/forgot"), { email: person.email });
    const reset = await browser.open(
      `/reset?token=${await mailedToken(service, person.email, RESET)}`,
    );
    await browser.submit(reset.form("/reset"), { password: "entirely-other-otters" });

    for (const stranger of [bearer, key]) {
      const asked = { method: "GET", bearer: stranger };
      expect((await service.ask("/api/user/profile", asked)).status).toBe(401);
    }
    expect(await isVerified({ ...person, password: "entirely-other-otters" })).toBe(true);
  });

  it("is what the mail says", async () => {
    const { person, token } = await unverified();

    const { text } = await mailTo(service, person.email, VERIFY);

    expect(text).toContain(`http://localhost:8787/verify?token=${token}`);
  });
});

describe("the button of the page", () => {
  it("confirms the address, once, and signs nobody in", async () => {
    const { person, token } = await unverified();
    const browser = new Browser(service);
    const { form } = await browser.open(`/verify?token=${token}`);

    const first = await browser.submit(form("/verify"));
    const second = await browser.submit(form("/verify"));

    expect({ status: first.status, title: first.title, lines: first.lines }).toEqual({
      status: 200,
      title: "Your address is confirmed – Latchkey",
      lines: [
        "Your address is confirmed",
        "If you came here from an app or a device, go back to where you began and go on there.",
        "Your account",
      ],
    });
    expectDeadLink(second);
    expect(await isVerified(person)).toBe(true);
    expect(browser.cookies.size).toBe(0);
  });

  it("confirms once when it is pressed twice in a row", async () => {
    const { token } = await unverified();
    const browser = new Browser(service);
    const { form } = await browser.open(`/verify?token=${token}`);

    const answers = await Promise.all([
      browser.submit(form("/verify")),
      browser.submit(form("/verify")),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });

  it("is refused for a while where too much is tried, and the link still works after", async () => {
    const { person, token } = await unverified();
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });

    const refused = await new Browser(fenced).post("/verify", { token });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(refused.lines[1]).toBe("Too many attempts. Try again in 60 seconds.");
    expect(await isVerified(person)).toBe(false);

    await new Browser(service).submit(refused.form("/verify"));
    expect(await isVerified(person)).toBe(true);
  });
});

describe("a link that is dead", () => {
  it.each(["/verify", "/verify?token=", `/verify?token=${"x".repeat(2049)}`])(
    "in part, at %.20s: the page says what to do",
    async (path) => {
      expectDeadLink(await new Browser(service).open(path));
    },
  );

  it("made up, and one that was mailed for something else: the same page", async () => {
    const { person, token } = await unverified();
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const resetToken = await mailedToken(service, person.email, RESET);
    const browser = new Browser(service);

    for (const dead of ["made-up", "", resetToken, `${token}x`, token.slice(0, -1)]) {
      expectDeadLink(await browser.post("/verify", { token: dead }));
    }
    expectDeadLink(await browser.post("/verify", {}));
    expect(await isVerified(person)).toBe(false);
  });
});

function expectDeadLink({ status, title, lines, elements }: Page): void {
  expect({ status, title, lines }).toEqual({
    status: 400,
    title: "This link no longer works – Latchkey",
    lines: [
      "This link no longer works",
      "It was used before, it is too old, or a part of it is missing. If you confirmed your address already, just sign in. If not, sign in to have a new link mailed, or ask for one where you began.",
      "Sign in",
    ],
  });
  // Where whoever signs in has a link mailed anew.
  expect(elements).toContainEqual({
    tag: "a",
    attributes: { href: "/signin?return_to=%2Faccount%2Fsecurity%2Femail" },
  });
}

describe("a link that proves an address without an account", () => {
  it("is spent by the button, not by opening it, and lets the address sign up", async () => {
    const { email, password } = somebody();
    await service.ask("/auth/verification-mail", { body: { email } });
    const { text } = await mailTo(service, email, PROOF);
    const path = text.match(/http:\/\/localhost:8787(\/verify\S+)/)?.[1] ?? "";
    const signUp = () => {
      const body = { email, password, firstName: "Robin", lastName: "Example" };
      return service.ask("/auth/signup", { body });
    };
    const browser = new Browser(service);

    const shown = await browser.open(path);
    expect((await signUp()).status).toBe(404);
    const confirmed = await browser.submit(shown.form("/verify"));
    const again = await browser.submit(shown.form("/verify"));

    expect([confirmed.status, confirmed.title]).toEqual([
      200,
      "Your address is confirmed – Latchkey",
    ]);
    expect(again.status).toBe(400);
    expect((await signUp()).status).toBe(201);
  });
});
