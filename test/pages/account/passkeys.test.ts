import { describe, expect, it } from "vitest";
import type { Browser, Page } from "../../support/browser.ts";
import { memberBrowser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { mailTo } from "../../support/mail.ts";
import { type Lies, PasskeyDevice } from "../../support/passkey-device.ts";
import { answerWith, passkeyForm, passkeyOf } from "../../support/passkeys.ts";
import { startService } from "../../support/service.ts";

const CEREMONY_SECONDS = 600;
const PASSKEYS = "/account/passkeys";
const HOSTILE = '<script>alert(1)</script>\u202e"&';

const service = startService();

async function someone() {
  const { browser, person } = await memberBrowser(service);
  return { browser, person, device: await PasskeyDevice.make() };
}

async function add(
  { browser, device }: { browser: Browser; device: PasskeyDevice },
  name = "My phone",
  lies: Lies = {},
) {
  return answerWith(browser, await browser.open(PASSKEYS), device, lies, { name });
}

const headings = ({ source }: Page) =>
  [...source.matchAll(/<h2 id="name-[^>]*><bdi[^>]*>(.*?)<\/bdi>/g)].map(([, name]) => name);

describe("the page of passkeys", () => {
  it("says that there are none, and how to add one", async () => {
    const { browser } = await someone();

    const { status, lines, title } = await browser.open(PASSKEYS);

    expect([status, title]).toEqual([200, "Passkeys – Latchkey"]);
    expect(lines).toContain("You have no passkeys.");
  });

  it("asks for a proved address first: whoever registered with it may not own it", async () => {
    const { browser } = await signedInBrowser(service);

    const page = await browser.open(PASSKEYS);

    expect(page.lines).toContain(
      "Confirm your e-mail address first: the link is in the mail that you got when you registered. Or set a new password by mail, which confirms it too.",
    );
    expect(() => passkeyForm(page)).toThrow("asks for no passkey");
  });

  it("lists one that was added, and tells its owner by mail and in the activity", async () => {
    const who = await someone();

    const answer = await add(who);

    expect([answer.status, answer.location]).toEqual([303, `${PASSKEYS}?done=passkeyAdded`]);
    const { lines } = await who.browser.follow(answer);
    expect(lines.slice(0, 2)).toEqual([
      "Your passkey was added. From now on you can sign in with it alone.",
      "Passkeys",
    ]);
    const entry = lines.indexOf("My phone");
    expect(lines.slice(entry, entry + 4)).toEqual([
      "My phone",
      "Kept: On one device",
      expect.stringMatching(/^Added: .+ UTC\)$/),
      "Last used: Never",
    ]);
    await mailTo(service, who.person.email, /passkey was added/i);
    const activity = await who.browser.open("/account/activity");
    const told = activity.lines.filter((line) => line.startsWith("A passkey was added"));
    expect(told).toEqual(["A passkey was added: My phone"]);
  });

  it("shows a hostile name as nothing but a name", async () => {
    const who = await someone();
    await add(who, HOSTILE);

    const page = await who.browser.open(PASSKEYS);

    expect(page.source).not.toContain("<script>alert");
    expect(headings(page).join("")).not.toMatch(/\u202e/);
  });

  it("renames and removes, and tells of the removal", async () => {
    const who = await someone();
    await add(who);
    const page = await who.browser.open(PASSKEYS);

    const renamed = await who.browser.submit(page.form(`${PASSKEYS}/rename`), {
      name: "Old phone",
    });
    const after = await who.browser.follow(renamed);
    const removed = await who.browser.submit(after.form(`${PASSKEYS}/remove`));

    expect(renamed.location).toBe(`${PASSKEYS}?done=passkeyRenamed`);
    expect(headings(after)).toEqual(["Old phone"]);
    expect(removed.location).toBe(`${PASSKEYS}?done=passkeyRemoved`);
    expect(headings(await who.browser.follow(removed))).toEqual([]);
    await mailTo(service, who.person.email, /passkey was removed/i);
    const { lines } = await who.browser.open("/account/activity");
    expect(lines).toContain("A passkey was removed: Old phone");
  });

  it("leaves the name as it is for one that cannot be read", async () => {
    const who = await someone();
    await add(who);
    const { form } = await who.browser.open(PASSKEYS);

    const answer = await who.browser.submit(form(`${PASSKEYS}/rename`), { name: "\u0007" });

    expect(answer.location).toBe(PASSKEYS);
    expect(headings(await who.browser.follow(answer))).toEqual(["My phone"]);
  });

  it("touches no passkey of somebody else", async () => {
    const [who, other] = [await someone(), await someone()];
    await add(who);
    const { fields } = (await who.browser.open(PASSKEYS)).form(`${PASSKEYS}/remove`);
    const { csrf = "" } = (await other.browser.open(PASSKEYS)).form("/signout").fields;
    const theirs = { csrf, passkey: fields["passkey"] ?? "", name: "mine" };

    await other.browser.post(`${PASSKEYS}/rename`, theirs);
    await other.browser.post(`${PASSKEYS}/remove`, theirs);

    expect(headings(await who.browser.open(PASSKEYS))).toEqual(["My phone"]);
  });
});

describe("adding a passkey", () => {
  it.each([
    ["a name", "", {}, 400, "Enter a name."],
    ["a name that can be read", "a\u0007", {}, 400, /in characters that can be seen/],
    ["a name of bearable length", "x".repeat(201), {}, 400, /at most 200 characters/],
    ["an answer for this site", "x", { origin: "https://login.example.net" }, 400, /not accepted/],
    ["a device that knows its person", "x", { knowsPerson: false }, 400, /not accepted/],
  ] as const)("takes %s, and asks again", async (_, name, lies, status, problem) => {
    const who = await someone();

    const answer = await add(who, name, lies);

    expect([answer.status, answer.title]).toEqual([status, "Error: Passkeys – Latchkey"]);
    expect(answer.lines[1]).toMatch(problem);
    const again = await answerWith(who.browser, answer, who.device, {}, { name: "Mine" });
    expect(again.status).toBe(303);
  });

  it("takes one once, and none of another account", async () => {
    const [who, other] = [await someone(), await someone()];
    await add(who);

    const answers = [await add(who), await add({ ...other, device: who.device })];

    for (const { status, lines } of answers) {
      expect([status, lines[1]]).toEqual([409, "That passkey is added already."]);
    }
  });

  it("takes no more than twenty", async () => {
    const { browser } = await someone();
    for (let count = 0; count < 19; count++) {
      await passkeyOf(browser);
    }
    const open = await browser.open(PASSKEYS);
    await passkeyOf(browser);

    const device = await PasskeyDevice.make();
    const late = await answerWith(browser, open, device, {}, { name: "x" });
    const { lines, forms } = await browser.open(PASSKEYS);

    const tooMany = "There are 20 passkeys already. Remove one before you add another.";
    expect([late.status, late.lines[1]]).toEqual([409, tooMany]);
    expect(lines).toContain(tooMany);
    expect(forms.filter(({ passkeyOptions }) => passkeyOptions)).toEqual([]);
  });

  it("asks again with a page that was open for too long", async () => {
    stopClock();
    const { browser, device, person } = await someone();
    const page = await browser.open(PASSKEYS);
    passSeconds(CEREMONY_SECONDS);
    await browser.signIn(person);
    const { csrf = "" } = (await browser.open(PASSKEYS)).form("/signout").fields;

    const late = await answerWith(browser, page, device, {}, { name: "x", csrf });

    expect([late.status, late.lines[1]]).toEqual([
      400,
      "The page was open for too long. Please try once more.",
    ]);
    const again = await answerWith(browser, late, device, {}, { name: "x" });
    expect(again.status).toBe(303);
  });

  it("is finished by the session that began it alone, also of the same person", async () => {
    const { browser, device, person } = await someone();
    const { form, options } = passkeyForm(await browser.open(PASSKEYS));
    const { browser: second } = await signedInBrowser(service, person);
    const { csrf = "" } = (await second.open(PASSKEYS)).form("/signout").fields;
    const answer = await device.create(options);

    const stolen = await second.submit(form, { csrf, answer, name: "x" });

    expect([stolen.status, stolen.lines[1]]).toEqual([
      400,
      "The page was open for too long. Please try once more.",
    ]);
  });

  it("survives whatever is sent as an answer", async () => {
    const { browser } = await someone();
    const { form } = passkeyForm(await browser.open(PASSKEYS));

    for (const answer of ["", "null", "[1]", "{", '{"response":{"attestationObject":1}}']) {
      expect((await browser.submit(form, { answer, name: "x" })).status).toBe(400);
    }
    const large = await browser.submit(form, { answer: "x".repeat(20_000), name: "x" });
    expect(large.status).toBe(413);
  });
});

describe("without a script", () => {
  it.each([
    ["en", "To add one, use a browser that knows passkeys, with JavaScript turned on."],
    [
      "de",
      "Um einen hinzuzufügen, verwenden Sie einen Browser, der Passkeys kennt, mit eingeschaltetem JavaScript.",
    ],
  ] as const)("the page says what it takes, and its form is hidden: %s", async (language, text) => {
    const { browser } = await someone();

    const { elements, lines } = await readingIn(language, () => browser.open(PASSKEYS));

    const form = elements.find(({ attributes }) => attributes["data-passkey"]);
    expect(form?.attributes).toMatchObject({ hidden: "", "data-passkey": "create" });
    expect(lines).toContain(text);
  });
});
