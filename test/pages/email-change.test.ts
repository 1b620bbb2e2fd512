import { describe, expect, it } from "vitest";
import { requestEmailChange } from "../../src/core/account/request-email-change.ts";
import { granted, owner } from "../support/asking.ts";
import { Browser, readingIn } from "../support/browser.ts";
import { somebody } from "../support/people.ts";
import { startPostOffice, tokenIn } from "../support/post-office.ts";

const PATH = "/account/email/confirm";
const office = startPostOffice();

/** Somebody who asked for another address, and the link that was mailed there. */
async function asked() {
  const who = await owner(office);
  const newEmail = somebody().email;
  granted(await requestEmailChange(who.context, { caller: who.caller, newEmail }));
  const letter = (await office.deliver()).find(({ to }) => to === newEmail);
  return { who, newEmail, token: tokenIn(letter ?? expect.fail("no letter")) };
}

const addressOf = async (accountId: string) =>
  (await office.ports.accounts.findCredentials({ accountId }))?.account.email;

const dead = {
  status: 400,
  title: "This link no longer works – Latchkey",
  lines: [
    "This link no longer works",
    "It was used before, it is too old, or a part of it is missing. Or the account has another address by now, or the new one was taken meanwhile. Ask for the change once more on your account page.",
    "Your account",
  ],
};

describe("the link that gives an account its new address", () => {
  it("shows what it would do and does nothing, however often it is opened", async () => {
    const { who, token } = await asked();
    const browser = new Browser(office);

    const { status, title, lines } = await browser.open(`${PATH}?token=${token}`);
    await browser.send(`${PATH}?token=${token}`, { method: "HEAD" });

    expect({ status, title, lines }).toEqual({
      status: 200,
      title: "Confirm your new e-mail address – Latchkey",
      lines: [
        "Confirm your new e-mail address",
        "One click, and the account from which this was asked for has this address. Do it only if you asked for it yourself.",
        "Use this address",
      ],
    });
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("changes the address with its button, once, and signs nobody in", async () => {
    const { who, newEmail, token } = await asked();
    const browser = new Browser(office);
    const { form } = await browser.open(`${PATH}?token=${token}`);

    const first = await browser.submit(form(PATH));
    const second = await browser.submit(form(PATH));

    expect({ status: first.status, title: first.title, lines: first.lines }).toEqual({
      status: 200,
      title: "Your address is changed – Latchkey",
      lines: [
        "Your address is changed",
        "From now on you sign in with the new address, and mail comes there. Whoever is signed in stays signed in: end what you do not know on your account page.",
        "Your account",
      ],
    });
    expect(second).toMatchObject(dead);
    expect(browser.cookies.size).toBe(0);
    expect(await addressOf(who.caller.account.id)).toBe(newEmail);
  });

  it.each(["", "?token=", "?token=abc", `?token=${"x".repeat(3000)}`])(
    "is dead in a page that helps when it is no link of ours: %s",
    async (query) => {
      const browser = new Browser(office);
      const shown = await browser.open(PATH + query);
      const used = await browser.post(PATH, Object.fromEntries(new URLSearchParams(query)));
      expect(used).toMatchObject(dead);
      expect([200, 400]).toContain(shown.status);
    },
  );

  it("takes no form of another site", async () => {
    const { who, token } = await asked();
    const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const { status } = await new Browser(office).post(PATH, { token }, headers);
    expect(status).toBe(403);
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("speaks German", async () => {
    const { token } = await asked();
    const browser = new Browser(office);
    const { lang, title } = await readingIn("de-AT,de;q=0.9", () =>
      browser.open(`${PATH}?token=${token}`),
    );
    expect({ lang, title }).toEqual({
      lang: "de",
      title: "Neue E-Mail-Adresse bestätigen – Latchkey",
    });
  });
});
