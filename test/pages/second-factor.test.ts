import { describe, expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { logLines } from "../support/log-lines.ts";
import { member } from "../support/members.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

const CHALLENGE_SECONDS = 300;

/** Somebody with a second factor who has typed the right password. */
async function halfway() {
  stopClock();
  const service = startService();
  const person = await member(service);
  const { app, recoveryCodes } = await secondFactorOf(service, person);
  const browser = new Browser(service);
  const { form } = await browser.open("/signin?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK");
  const { email, password } = person;
  const asked = await browser.submit(form("/signin"), { email, password });
  return { app, asked, browser, person, recoveryCodes };
}

describe("signing in on the page with a second factor", () => {
  it("asks for the code before any cookie is set", async () => {
    const { asked, browser } = await halfway();

    expect([asked.status, asked.title]).toEqual([200, "Enter your code – Latchkey"]);
    expect(asked.headers.get("cache-control")).toBe("no-store");
    expect([...browser.cookies]).toEqual([]);
  });

  it("leads on to where it came from, and knows the person there", async () => {
    const { app, asked, browser, person } = await halfway();

    const answer = await browser.submit(asked.form("/signin/code"), { code: app.nextCode() });

    expect([answer.status, answer.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
    const { lines } = await browser.follow(answer);
    expect(lines.join(" ")).toContain(person.email);
  });

  it("shows phones digits for a code of the app, and letters for a recovery code", async () => {
    const { asked } = await halfway();

    const fields = asked.elements.flatMap(({ attributes }) =>
      attributes.name === "code" ? [attributes] : [],
    );

    expect(
      fields.map(({ autocomplete, inputmode, type }) => [type, autocomplete, inputmode]),
    ).toEqual([
      ["text", "one-time-code", "numeric"],
      ["text", "off", undefined],
    ]);
    expect(asked.lines).toEqual([
      "Enter your code",
      "Your account asks for a second step.",
      "Code from your authenticator app",
      "Six digits, and new ones every 30 seconds.",
      "Sign in",
      "Use a recovery code instead",
      "Recovery code",
      "One of the codes that you were shown when you set this up. Each works once.",
      "Sign in",
      "Start again",
    ]);
  });

  it.each([
    ["a field of its own", 1],
    ["the same field", 0],
  ])("takes a recovery code in %s, once", async (_, index) => {
    const { asked, browser, recoveryCodes } = await halfway();
    const [code = ""] = recoveryCodes;
    const form = asked.forms[index] ?? asked.form("/signin/code");

    const answer = await browser.submit(form, { code });
    const again = await browser.submit(form, { code });

    expect([answer.status, again.title]).toEqual([303, "Please sign in once more – Latchkey"]);
  });

  it.each([
    ["wrong", null, 401, "That code is wrong or was used already."],
    ["wrong", "aaaaa-aaaaa", 401, "That code is wrong or was used already."],
    ["empty", " ", 400, "Enter the code from your app, or one of your recovery codes."],
    [
      "endless",
      "1".repeat(33),
      400,
      "Enter the code from your app, or one of your recovery codes.",
    ],
  ])("says what is the matter with a code that is %s: %j", async (_, typed, status, problem) => {
    const { asked, browser, app } = await halfway();

    const code = typed ?? app.wrongCode();
    const answer = await browser.submit(asked.form("/signin/code"), { code });

    expect([answer.status, answer.title]).toEqual([status, "Error: Enter your code – Latchkey"]);
    expect(answer.lines).toContain(problem);
    expect([...browser.cookies]).toEqual([]);
    const right = await browser.submit(answer.form("/signin/code"), { code: app.nextCode() });
    expect(right.status).toBe(303);
  });

  it("starts again after five tries, and when its time is up", async () => {
    const tried = await halfway();
    for (let count = 0; count < 5; count++) {
      const code = tried.app.wrongCode();
      await tried.browser.submit(tried.asked.form("/signin/code"), { code });
    }
    const late = await halfway();
    passSeconds(CHALLENGE_SECONDS);

    for (const { app, asked, browser } of [tried, late]) {
      const answer = await browser.submit(asked.form("/signin/code"), { code: app.nextCode() });
      expect([answer.status, answer.lines]).toEqual([
        401,
        [
          "Please sign in once more",
          "It took too long, or there were too many tries. Nothing about your account has changed.",
          "Sign in",
        ],
      ]);
      expect(answer.elements).toContainEqual({
        tag: "a",
        attributes: {
          class: "button",
          href: "/signin?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK",
        },
      });
      expect([...browser.cookies]).toEqual([]);
    }
  });

  it("has nothing to show to who comes without a password", async () => {
    const { status, location } = await new Browser(startService()).open("/signin/code");

    expect([status, location]).toEqual([303, "/signin"]);
  });

  it("leaves neither code nor challenge in the log", async () => {
    const { text } = logLines();
    const { app, asked, browser } = await halfway();
    const form = asked.form("/signin/code");
    const code = app.nextCode();
    await browser.submit(form, { code });

    const logged = text();

    expect(logged).toContain("finishSignIn");
    expect(logged).not.toMatch(new RegExp(`\\b${code}\\b`));
    expect(logged).not.toContain(form.fields["challenge"] ?? "nothing");
  });
});
