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
  const browser = new Browser(office);
  await browser.signIn(who.person);
  return {
    browser,
    who,
    newEmail,
    token: tokenIn(letter ?? expect.fail("no letter")),
  };
}

/** A page of somebody else's, with the token of their session. */
async function strangersPage() {
  const { browser, token } = await asked();
  return browser.open(`${PATH}?token=${token}`);
}

const formTokenOf = ({ form }: Awaited<ReturnType<typeof strangersPage>>): string =>
  form(PATH).fields.csrf ?? expect.fail("no token");

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
    const { browser, who, newEmail, token } = await asked();

    const { status, title, lines } = await browser.open(`${PATH}?token=${token}`);
    await browser.send(`${PATH}?token=${token}`, { method: "HEAD" });

    expect({ status, title, lines }).toEqual({
      status: 200,
      title: "Confirm your new address – Latchkey",
      lines: [
        "Confirm your new address",
        `One click, and your account has the address ${newEmail} in place of ${who.person.email}. Do it only if you asked for it yourself, and if both are yours.`,
        "Use this address",
      ],
    });
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("leads whoever is not signed in by way of that", async () => {
    const { who, newEmail, token } = await asked();
    const phone = new Browser(office);

    const signIn = await phone.follow(await phone.open(`${PATH}?token=${token}`));
    const { email, password } = who.person;
    const back = await phone.follow(
      await phone.submit(signIn.form("/signin"), { email, password }),
    );
    await phone.submit(back.form(PATH));

    expect(await addressOf(who.caller.account.id)).toBe(newEmail);
  });

  it("changes nothing for another account, and says so", async () => {
    const { who, token } = await asked();
    const { browser: strangers, token: own } = await asked();
    const { form } = await strangers.open(`${PATH}?token=${own}`);

    const shown = await strangers.open(`${PATH}?token=${token}`);
    const used = await strangers.submit({ ...form(PATH), fields: { ...form(PATH).fields, token } });

    for (const { status, title } of [shown, used]) {
      expect({ status, title }).toEqual({
        status: 403,
        title: "This link is for another account – Latchkey",
      });
    }
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("takes no form without the token of this session", async () => {
    const { browser, who, token } = await asked();
    for (const csrf of ["", "forged", formTokenOf(await strangersPage())]) {
      expect(await browser.post(PATH, { token, csrf })).toMatchObject({ status: 403 });
    }
    expect(await browser.post(PATH, { token })).toMatchObject({ status: 403 });
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("changes the address with its button, once", async () => {
    const { browser, who, newEmail, token } = await asked();
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
    expect(await addressOf(who.caller.account.id)).toBe(newEmail);
  });

  it.each(["", "?token=", "?token=abc", `?token=${"x".repeat(3000)}`])(
    "is dead in a page that helps when it is no link of ours: %s",
    async (query) => {
      const { browser, token } = await asked();
      const { form } = await browser.open(`${PATH}?token=${token}`);
      const { csrf = "" } = form(PATH).fields;
      const shown = await browser.open(PATH + query);
      const typed = Object.fromEntries(new URLSearchParams(query));
      const used = await browser.post(PATH, { csrf, ...typed });
      expect(used).toMatchObject(dead);
      expect([200, 400]).toContain(shown.status);
    },
  );

  it("SES-07: takes no form of another site", async () => {
    const { browser, who, token } = await asked();
    const { form } = await browser.open(`${PATH}?token=${token}`);
    const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const { status } = await browser.post(PATH, { ...form(PATH).fields }, headers);
    expect(status).toBe(403);
    expect(await addressOf(who.caller.account.id)).toBe(who.person.email);
  });

  it("speaks German", async () => {
    const { browser, token } = await asked();
    const { lang, title } = await readingIn("de-AT,de;q=0.9", () =>
      browser.open(`${PATH}?token=${token}`),
    );
    expect({ lang, title }).toEqual({
      lang: "de",
      title: "Neue Adresse bestätigen – Latchkey",
    });
  });
});
