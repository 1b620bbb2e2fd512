import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Browser, memberBrowser, type Page } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { logLines } from "../support/log-lines.ts";
import { PasskeyDevice } from "../support/passkey-device.ts";
import { answerWith, passkeyForm, passkeyOf } from "../support/passkeys.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

const CEREMONY_SECONDS = 600;
const RETURN = "?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK";
const WRONG = "That passkey opens no account here. Try another one, or sign in another way.";
const LATE = "That page was open for too long, or was used already. Please try once more.";
/** What the page says whose first step counts no more. */
const LAPSED = "Please sign in once more";

const service = startService();

/** Somebody with a passkey, and another browser on which they want in. */
async function somebodyWithPasskey() {
  const { browser: first, person } = await memberBrowser(service);
  const device = await passkeyOf(first);
  return { browser: new Browser(service), device, first, person };
}

describe("signing in with a passkey on the page", () => {
  it("leads on to where it came from, and knows the person there", async () => {
    const { browser, device, person } = await somebodyWithPasskey();

    const answer = await answerWith(browser, await browser.open(`/signin${RETURN}`), device);

    expect([answer.status, answer.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
    const { lines } = await browser.follow(answer);
    expect(lines.join(" ")).toContain(person.email);
  });

  it("is enough for an account with a second factor", async () => {
    stopClock();
    const { browser, device, person } = await somebodyWithPasskey();
    await secondFactorOf(service, person);

    const answer = await answerWith(browser, await browser.open("/signin"), device);

    expect([answer.status, answer.location]).toEqual([303, "/account"]);
  });

  it("ends the session that this browser had", async () => {
    const { device, first } = await somebodyWithPasskey();
    const before = first.copy();

    await answerWith(first, await first.open("/signin"), device);

    expect((await before.open("/account")).status).toBe(303);
    expect((await first.open("/account")).status).toBe(200);
  });

  it("works for an account whose password too many failures have closed", async () => {
    const guessed = startService({ PASSWORD_FAILURES_BEFORE_CLOSING: "10" });
    const { browser: first, person } = await memberBrowser(guessed);
    const device = await passkeyOf(first);
    for (let count = 0; count < 10; count++) {
      const guess = { email: person.email, password: "not the right one" };
      await new Browser(guessed).post("/signin", guess);
    }
    const { email, password } = person;
    const byPassword = await new Browser(guessed).post("/signin", { email, password });

    const browser = new Browser(guessed);
    const answer = await answerWith(browser, await browser.open("/signin"), device);

    expect([byPassword.status, answer.status]).toEqual([429, 303]);
  });

  it("says the same of every passkey that opens nothing, and asks again", async () => {
    const { browser, device } = await somebodyWithPasskey();
    const disabled = await somebodyWithPasskey();
    await disableAccount(disabled.person.email);
    const unknown = await PasskeyDevice.make();
    const page = await browser.open(`/signin${RETURN}`);

    const answers = [
      await answerWith(browser, page, unknown, { userHandle: "AAAA" }),
      await answerWith(browser, page, disabled.device),
      await answerWith(browser, page, device, { rpId: "example.net" }),
      await answerWith(browser, page, device, { knowsPerson: false }),
      await browser.submit(passkeyForm(page).form, { answer: "{" }),
      await browser.submit(passkeyForm(page).form),
    ];

    for (const { status, title, lines } of answers) {
      expect([status, title, lines[1]]).toEqual([401, "Error: Sign in – Latchkey", WRONG]);
    }
    expect([...browser.cookies]).toEqual([]);
    const [again] = answers;
    const right = again && (await answerWith(browser, again, device));
    expect([right?.status, right?.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
  });

  it("starts anew with a page that was open for too long, or was used", async () => {
    stopClock();
    const { browser, device } = await somebodyWithPasskey();
    const page = await browser.open("/signin");
    const late = await browser.open("/signin");
    await answerWith(browser, page, device);
    passSeconds(CEREMONY_SECONDS);

    const answers = [
      await answerWith(browser, late, device),
      await browser.post("/signin/passkey", {}),
      await browser.post("/signin/passkey", { ceremony: "x".repeat(9000), answer: "{}" }),
    ];

    for (const { status, lines } of answers) {
      expect([status, lines[1]]).toEqual([400, LATE]);
    }
    const [again] = answers;
    expect(again && (await answerWith(browser, again, device)).status).toBe(303);
  });

  it("takes an answer once", async () => {
    const { browser, device } = await somebodyWithPasskey();
    const { form, options } = passkeyForm(await browser.open("/signin"));
    const answer = await device.get(options);

    const first = await browser.submit(form, { answer });
    const again = await new Browser(service).submit(form, { answer });

    expect(first.status).toBe(303);
    expect([again.status, again.headers.getSetCookie()]).toEqual([401, []]);
  });

  it("is refused like any other attempt behind the fence", async () => {
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
    const browser = new Browser(fenced);
    const device = await PasskeyDevice.make();

    const answer = await answerWith(browser, await browser.open("/signin"), device);

    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "60"]);
  });

  it("takes no form of another site, and none that is too large", async () => {
    const { browser, device } = await somebodyWithPasskey();
    const { form, options } = passkeyForm(await browser.open("/signin"));
    const fields = { ...form.fields, answer: await device.get(options) };

    const foreign = await browser.post(form.action, fields, { origin: "https://evil.example" });
    const large = await browser.post(form.action, { ...fields, answer: "x".repeat(20_000) });

    expect([foreign.status, large.status]).toEqual([403, 413]);
    expect([...browser.cookies]).toEqual([]);
  });

  it("leaves neither ceremony nor answer in the log", async () => {
    const { text } = logLines();
    const { browser, device } = await somebodyWithPasskey();
    const { form, options } = passkeyForm(await browser.open("/signin"));
    const answer = await device.get(options);
    await browser.submit(form, { answer });

    const logged = text();

    expect(logged).toContain("signInWithPasskey");
    for (const secret of [form.fields["ceremony"], JSON.parse(answer).response.signature]) {
      expect(logged).not.toContain(secret);
    }
  });
});

describe("a passkey in place of a code", () => {
  /** Somebody with a second factor, with a passkey if told, who has typed the right password. */
  async function halfway({ hasPasskey = true } = {}) {
    stopClock();
    const { browser: first, person } = await memberBrowser(service);
    const device = hasPasskey ? await passkeyOf(first) : await PasskeyDevice.make();
    const { app } = await secondFactorOf(service, person);
    const browser = new Browser(service);
    const { email, password } = person;
    const { form } = await browser.open(`/signin${RETURN}`);
    const asked = await browser.submit(form("/signin"), { email, password });
    return { app, asked, browser, device, person };
  }

  it("is offered for the account's own passkeys, and leads on", async () => {
    const { asked, browser, device } = await halfway();
    const { options } = passkeyForm(asked);
    expect(JSON.parse(options)).toEqual({
      rpId: "localhost",
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 300_000,
      allowCredentials: [
        { type: "public-key", id: device.credentialId, transports: ["hybrid", "internal"] },
      ],
      userVerification: "preferred",
    });

    const answer = await answerWith(browser, asked, device);

    expect([answer.status, answer.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
  });

  it("needs no device that knows its person, and none that says whose it is", async () => {
    const { asked, browser, device } = await halfway();

    const lies = { knowsPerson: false, userHandle: null };
    const answer = await answerWith(browser, asked, device, lies);

    expect(answer.status).toBe(303);
  });

  it("is not offered, and runs no script, where the account has none", async () => {
    const { asked } = await halfway({ hasPasskey: false });

    expect(asked.forms.filter(({ passkeyOptions }) => passkeyOptions)).toEqual([]);
    expect(asked.elements.filter(({ tag }) => tag === "script")).toEqual([]);
    expect(asked.headers.get("content-security-policy")).toContain("script-src 'none'");
  });

  it("is no passkey of somebody else, and a code goes on to work", async () => {
    const { app, asked, browser, device } = await halfway();
    const { device: other } = await somebodyWithPasskey();

    for (const [one, lies] of [
      [other, {}],
      [device, { origin: "https://login.example.net" }],
      [device, { userHandle: btoa(crypto.randomUUID()).replaceAll("=", "") }],
    ] as const) {
      const answer = await answerWith(browser, asked, one, lies);
      expect([answer.status, answer.lines[1]]).toEqual([
        401,
        "That passkey was not accepted. Try once more, or enter a code.",
      ]);
    }
    expect([...browser.cookies]).toEqual([]);
    const right = await browser.submit(asked.form("/signin/code"), { code: app.nextCode() });
    expect(right.status).toBe(303);
  });

  it("has its challenge's five tries, and its time", async () => {
    const tried = await halfway();
    for (let count = 0; count < 5; count++) {
      await answerWith(tried.browser, tried.asked, tried.device, { rpId: "example.net" });
    }
    const late = await halfway();
    passSeconds(300);

    for (const { asked, browser, device } of [tried, late]) {
      const { lines, status } = await answerWith(browser, asked, device);
      expect([status, lines[0]]).toEqual([401, LAPSED]);
      expect([...browser.cookies]).toEqual([]);
    }
  });

  it("is taken once, and not after another password was set", async () => {
    const { asked, browser, device } = await halfway();
    const { form, options } = passkeyForm(asked);
    const answer = await device.get(options);
    const opened = await browser.submit(form, { answer });
    const again = await new Browser(service).submit(form, { answer });
    const other = await halfway();
    await env.DB.prepare("UPDATE passwords SET changed_at = changed_at + 1").run();

    const late = await answerWith(other.browser, other.asked, other.device);

    expect([opened.status, again.status, late.status]).toEqual([303, 401, 401]);
    expect(again.headers.getSetCookie()).toEqual([]);
    expect([late.lines[0], late.headers.getSetCookie()]).toEqual([LAPSED, []]);
  });
});

describe("in the field for the address", () => {
  const autofill = ({ elements }: Page) =>
    elements.find(({ attributes }) => attributes["data-passkey"])?.attributes["data-autofill"];

  it("a browser may offer passkeys, but not again the one that was refused", async () => {
    const browser = new Browser(service);
    const page = await browser.open("/signin");
    const field = page.elements.find(({ attributes: { name } }) => name === "email");

    const refused = await answerWith(browser, page, await PasskeyDevice.make());

    expect(field?.attributes["autocomplete"]).toBe("username webauthn");
    expect([autofill(page), autofill(refused)]).toEqual(["on", undefined]);
  });
});

describe("without a script", () => {
  it("no button for passkeys shows on the sign-in page", async () => {
    const { elements } = await new Browser(service).open("/signin");
    const form = elements.find(({ attributes }) => attributes["data-passkey"]);

    expect(form?.attributes).toMatchObject({ action: "/signin/passkey", hidden: "" });
  });
});
