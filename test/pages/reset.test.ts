import { describe, expect, it, vi } from "vitest";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { type Person, registered, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

const NEW_PASSWORD = "entirely-other-otters";

const service = startService();

async function forgetful(person?: Person): Promise<{ person: Person; token: string }> {
  const known = await registered(service, person);
  return { person: known, token: await resetLink(known) };
}

async function resetLink({ email }: Person): Promise<string> {
  await service.ask("/api/forgot-password", { body: { email } });
  return mailedToken(service, email, RESET);
}

async function signsIn({ email }: Person, password: string): Promise<boolean> {
  const { status } = await service.ask("/api/login", { body: { email, password } });
  return status === 200;
}

describe("opening the link of the mail", () => {
  it("spends nothing, however often and by whatever it is opened", async () => {
    const { person, token } = await forgetful();
    const browser = new Browser(service);
    const path = `/reset?token=${token}`;

    const shown = await browser.open(path);
    await browser.open(path);
    await browser.open(`${path}&password=${NEW_PASSWORD}`);
    await browser.send(path, { method: "HEAD" });

    expect({ status: shown.status, title: shown.title, lines: shown.lines }).toEqual({
      status: 200,
      title: "Set a new password – Latchkey",
      lines: [
        "Set a new password",
        "Every sign-in there is now will end, on all your devices.",
        "New password",
        "At least 8 characters. A few words in a row are easy to remember and hard to guess.",
        "Set password",
      ],
    });
    expect(await signsIn(person, person.password)).toBe(true);
    expect((await browser.submit(shown.form("/reset"), { password: NEW_PASSWORD })).status).toBe(
      200,
    );
  });
});

describe("opening a link as the CREDEBL contract has it", () => {
  it("shows the same page, which takes its code", async () => {
    const { person, token } = await forgetful();
    const browser = new Browser(service);
    const query = new URLSearchParams({ verificationCode: token, email: person.email });

    const shown = await browser.open(`/reset-password?${query}`);

    expect((await browser.submit(shown.form("/reset"), { password: NEW_PASSWORD })).status).toBe(
      200,
    );
    expect(await signsIn(person, NEW_PASSWORD)).toBe(true);
  });
});

describe("REC-02: setting a new password", () => {
  it("takes the place of the old one, once, and signs nobody in", async () => {
    const { person, token } = await forgetful();
    const browser = new Browser(service);
    const { form } = await browser.open(`/reset?token=${token}`);

    const first = await browser.submit(form("/reset"), { password: NEW_PASSWORD });
    const second = await browser.submit(form("/reset"), { password: "yet-another-otter" });

    expect({ status: first.status, title: first.title, lines: first.lines }).toEqual({
      status: 200,
      title: "Your password is set – Latchkey",
      lines: [
        "Your password is set",
        "Every earlier sign-in has ended. Sign in with the new password.",
        "Your address is confirmed as well.",
        "Sign in",
      ],
    });
    expectDeadLink(second);
    expect(await signsIn(person, person.password)).toBe(false);
    expect(await signsIn(person, "yet-another-otter")).toBe(false);
    expect(await signsIn(person, NEW_PASSWORD)).toBe(true);
    expect(browser.cookies.size).toBe(0);
  });

  it("happens once when the button is pressed twice in a row", async () => {
    const { person, token } = await forgetful();
    const browser = new Browser(service);
    const { form } = await browser.open(`/reset?token=${token}`);

    const answers = await Promise.all([
      browser.submit(form("/reset"), { password: NEW_PASSWORD }),
      browser.submit(form("/reset"), { password: NEW_PASSWORD }),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect(await signsIn(person, NEW_PASSWORD)).toBe(true);
  });

  it("ends every session on a page and tells the owner by mail", async () => {
    const { person, token } = await forgetful();
    const { browser: here } = await signedInBrowser(service, person);
    const { browser: there } = await signedInBrowser(service, person);

    await here.post("/reset", { token, password: NEW_PASSWORD });

    expect((await here.open("/device")).status).toBe(303);
    expect((await there.open("/device")).status).toBe(303);
    await mailTo(service, person.email, /password was changed/i);
  });

  it("is refused for a while where too much is tried, and the link still works after", async () => {
    const { person, token } = await forgetful();
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });

    const refused = await new Browser(fenced).post("/reset", { token, password: NEW_PASSWORD });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(refused.lines[1]).toBe("Too many attempts. Try again in 60 seconds.");
    expect(await signsIn(person, NEW_PASSWORD)).toBe(false);

    await new Browser(service).submit(refused.form("/reset"), { password: NEW_PASSWORD });
    expect(await signsIn(person, NEW_PASSWORD)).toBe(true);
  });
});

describe("a password that is too easy", () => {
  const tooEasy: [what: string, password: string, reason: string][] = [
    ["nothing", "", "Your password must have at least 8 characters."],
    ["too short", "otters!", "Your password must have at least 8 characters."],
    [
      "well known",
      "Password1",
      "Your password is among the first that anyone would try; choose another.",
    ],
    [
      "one letter",
      "zzzzzzzzzzzz",
      "Your password is among the first that anyone would try; choose another.",
    ],
    [
      "their own name",
      "robin-example-1",
      "Your password is made of your own name or address; choose another.",
    ],
    ["endless", "x y".repeat(400), "A password has at most 1024 characters here."],
  ];

  it.each(tooEasy)("%s: is asked for again with the reason", async (_, password, reason) => {
    const { person, token } = await forgetful(somebody("Robin Example"));
    const browser = new Browser(service);
    const { form } = await browser.open(`/reset?token=${token}`);

    const again = await browser.submit(form("/reset"), { password });

    expect({ status: again.status, title: again.title, problem: again.lines[1] }).toEqual({
      status: 400,
      title: "Error: Set a new password – Latchkey",
      problem: reason,
    });
    expect(again.form("/reset").fields).toEqual({ token, password: "" });
    expect(await signsIn(person, person.password)).toBe(true);
  });

  it("leaves the link alive", async () => {
    const { person, token } = await forgetful();
    const browser = new Browser(service);
    const { form } = await browser.open(`/reset?token=${token}`);
    const again = await browser.submit(form("/reset"), { password: "otters!" });

    const { status } = await browser.submit(again.form("/reset"), { password: NEW_PASSWORD });

    expect(status).toBe(200);
    expect(await signsIn(person, NEW_PASSWORD)).toBe(true);
  });
});

describe("a link that is dead", () => {
  it.each(["/reset", "/reset?token=", `/reset?token=${"x".repeat(2049)}`])(
    "in part, at %.20s: the page says what to do",
    async (path) => {
      expectDeadLink(await new Browser(service).open(path));
    },
  );

  it("made up, and one that was mailed for something else: the same page", async () => {
    const { person, token } = await forgetful();
    const verifyToken = await mailedToken(service, person.email, VERIFY);
    const browser = new Browser(service);

    for (const dead of ["made-up", "", verifyToken, `${token}x`, token.slice(0, -1)]) {
      expectDeadLink(await browser.post("/reset", { token: dead, password: NEW_PASSWORD }));
    }
    expectDeadLink(await browser.post("/reset", { password: NEW_PASSWORD }));
    expect(await signsIn(person, person.password)).toBe(true);
  });

  it("tells nobody whether a password would have been taken", async () => {
    expectDeadLink(await new Browser(service).post("/reset", { token: "made-up", password: "x" }));
  });

  it("REC-01: older than the newest one", async () => {
    const { person, token: older } = await forgetful();
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const newest = await vi.waitFor(
      async () => {
        const token = await mailedToken(service, person.email, RESET);
        expect(token).not.toBe(older);
        return token;
      },
      { timeout: 30_000 },
    );
    const browser = new Browser(service);

    expectDeadLink(await browser.post("/reset", { token: older, password: NEW_PASSWORD }));
    expect((await browser.post("/reset", { token: newest, password: NEW_PASSWORD })).status).toBe(
      200,
    );
  });
});

function expectDeadLink({ status, title, lines }: Page): void {
  expect({ status, title, lines }).toEqual({
    status: 400,
    title: "This link no longer works – Latchkey",
    lines: [
      "This link no longer works",
      "It was used before, it is too old, or a part of it is missing. Only the newest link counts. Use the newest mail, or ask for another one.",
      "Mail me another link",
    ],
  });
}
