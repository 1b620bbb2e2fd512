import { describe, expect, it } from "vitest";
import { said } from "../../support/account-page.ts";
import { type Browser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { registered, somebody } from "../../support/people.ts";
import { startPostOffice, tokenIn } from "../../support/post-office.ts";

const PATH = "/account/security/email";

async function ask(browser: Browser, email: string) {
  return browser.submit((await browser.open(PATH)).form(PATH), { email });
}

describe("the page", () => {
  it("says which address there is, and what will happen", async () => {
    const { browser, person } = await signedInBrowser(startPostOffice());

    const page = await browser.open(PATH);

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Change your address – Latchkey",
      lines: [
        "Change your address",
        `Your address is ${person.email}. It is not confirmed yet: open the newest link that we mailed to it.`,
        "Mail me the link again",
        "We mail a link to the new address, and tell the one that you have now. The address changes once you open the link, which works for an hour. You stay signed in.",
        "New e-mail address",
        "Mail me a link",
      ],
    });
  });

  it("says it in German", async () => {
    const { browser, person } = await signedInBrowser(startPostOffice());

    const page = await readingIn("de", () => browser.open(PATH));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Adresse ändern – Latchkey",
      lines: [
        "Adresse ändern",
        `Ihre Adresse ist ${person.email}. Sie ist noch nicht bestätigt: Öffnen Sie den neuesten Link, den wir dorthin geschickt haben.`,
        "Link noch einmal schicken",
        "Wir schicken einen Link an die neue Adresse und benachrichtigen die jetzige. Die Adresse ändert sich, sobald Sie den Link öffnen; er gilt eine Stunde. Sie bleiben angemeldet.",
        "Neue E-Mail-Adresse",
        "Link schicken",
      ],
    });
  });
});

describe("an address that is not confirmed", () => {
  const AGAIN = `${PATH}/again`;

  it("is mailed its link once more, which confirms it, and then no more", async () => {
    const service = startPostOffice();
    const { browser, person } = await signedInBrowser(service);
    await service.deliver();
    const { form } = await browser.open(PATH);

    const { lines } = await browser.follow(await browser.submit(form(AGAIN)));
    const letters = await service.deliver();

    expect(lines[0]).toBe("The link is on its way. Look in the junk folder too.");
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [person.email, "Confirm your e-mail address"],
    ]);
    const token = tokenIn(letters[0] ?? expect.fail("no letter"));
    expect((await browser.post("/verify", { token })).status).toBe(200);
    expect((await browser.open(PATH)).forms.map(({ action }) => action)).not.toContain(AGAIN);
    await browser.submit(form(AGAIN));
    expect(await service.deliver()).toEqual([]);
  });

  it("is mailed no more than five within the hour", async () => {
    const { browser } = await signedInBrowser(startPostOffice());
    const { form } = await browser.open(PATH);
    const answers = [];
    for (let count = 0; count < 5; count++) {
      answers.push((await browser.submit(form(AGAIN))).status);
    }
    // The first was that of the registration.
    expect(answers).toEqual([303, 303, 303, 303, 429]);
  });
});

describe("REC-04: asking for another address", () => {
  it("mails a link to it and tells the old one; following the link changes it", async () => {
    const service = startPostOffice();
    const { browser, person } = await signedInBrowser(service);
    await service.deliver();
    const { email } = somebody();

    const asked = await ask(browser, `  ${email.toUpperCase()} `);
    const letters = await service.deliver();

    expect(asked.location).toBe("/account/security?done=emailAsked");
    expect(said(await browser.follow(asked), person).lines.slice(0, 2)).toEqual([
      "Check both inboxes: the link is in the new one, and the old one is told.",
      "Sign-in & security",
    ]);
    expect(letters.map(({ to }) => to).toSorted()).toEqual([email, person.email].toSorted());
    const link = letters.find(({ to }) => to === email)?.text.match(/http\S+/)?.[0] ?? "";
    const { pathname, search } = new URL(link);
    const [confirm] = (await browser.open(pathname + search)).forms;
    if (confirm) {
      await browser.submit(confirm);
    }
    const { lines } = said(await browser.open(PATH), { ...person, email });
    expect(lines[1]).toBe(`Your address is ${email}, and it is confirmed.`);
  });

  it("answers an address that has an account exactly like one that is free", async () => {
    const service = startPostOffice();
    const taken = await registered(service);
    const { browser, person } = await signedInBrowser(service);

    const answers = [await ask(browser, taken.email), await ask(browser, somebody().email)];

    const seen = answers.map(({ status, location, source }) => ({ status, location, source }));
    expect(seen[0]).toEqual(seen[1]);
    expect(said(await browser.open(PATH), person).lines[1]).toContain(person.email);
  });

  it.each([
    ["no address", "ada at example.com", "Enter your e-mail address, such as name@example.com."],
    [
      "an endless one",
      `${"x".repeat(250)}@example.com`,
      "Enter your e-mail address, such as name@example.com.",
    ],
    ["the one that it is", "mine", "That is your address already."],
  ])("refuses %s, and mails nothing", async (_, typed, problem) => {
    const service = startPostOffice();
    const { browser, person } = await signedInBrowser(service);
    await service.deliver();

    const page = await ask(browser, typed === "mine" ? person.email : typed);

    const { status, title, lines } = said(page, person);
    expect({ status, title, problem: lines[4] }).toEqual({
      status: 400,
      title: "Error: Change your address – Latchkey",
      problem,
    });
    expect(await service.deliver()).toEqual([]);
  });

  it("is bounded in an hour, and says when to come back", async () => {
    const service = startPostOffice({ MAILS_PER_HOUR: "1" });
    const { browser, person } = await signedInBrowser(service);
    await ask(browser, somebody().email);

    const page = await ask(browser, somebody().email);

    expect(page.status).toBe(429);
    expect(said(page, person).lines[4]).toMatch(/^Too many attempts\. Try again in \d+ minutes\.$/);
  });
});
