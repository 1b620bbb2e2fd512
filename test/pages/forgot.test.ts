import { describe, expect, it } from "vitest";
import { Browser, type Page } from "../support/browser.ts";
import { mailedToken, mailTo, RESET } from "../support/mail.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();

async function askFor(email: string, browser = new Browser(service)): Promise<Page> {
  const { form } = await browser.open("/forgot");
  return browser.submit(form("/forgot"), { email });
}

describe("whoever forgot their password", () => {
  it("finds the way from signing in to a new password, by one mail", async () => {
    const { email } = await registered(service);
    const browser = new Browser(service);
    const signIn = await browser.open("/signin");
    expect(signIn.elements).toContainEqual({ tag: "a", attributes: { href: "/forgot" } });

    await askFor(email, browser);
    const token = await mailedToken(service, email, RESET);
    const { form } = await browser.open(`/reset?token=${token}`);
    await browser.submit(form("/reset"), { password: "entirely-other-otters" });

    const { status } = await browser.signIn({ email, password: "entirely-other-otters" });
    expect(status).toBe(303);
  });

  it("keeps the way on to where they came from", async () => {
    const browser = new Browser(service);
    const back = "?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK";
    const shown = await browser.open(`/forgot${back}`);

    const { elements } = await browser.submit(shown.form("/forgot"), { email: "a@b.test" });

    for (const path of [`/forgot${back}`, `/signin${back}`]) {
      expect(elements).toContainEqual({ tag: "a", attributes: { href: path } });
    }
  });

  it("is told the same whether the address has an account", async () => {
    const { email } = await registered(service);

    const known = await askFor(email);
    const unknown = await askFor("nobody@example.test");

    expect({ status: known.status, title: known.title, lines: known.lines }).toEqual({
      status: 200,
      title: "Check your inbox – Latchkey",
      lines: [
        "Check your inbox",
        "If that address has an account, a link to set a new password is on its way. It works for an hour; look in the junk folder too.",
        "Nothing came? Make sure that it is the address of your account, then ask for another link.",
        "Ask again",
        "Back to sign in",
      ],
    });
    expect(comparable(known)).toEqual(comparable(unknown));
  });

  it("changes nothing by asking: the old password still signs in", async () => {
    const person = await registered(service);

    await askFor(person.email);
    await mailTo(service, person.email, RESET);

    expect((await new Browser(service).signIn(person)).status).toBe(303);
  });

  it("is refused after five mails in an hour, with or without an account", async () => {
    const { email } = await registered(service);
    const answers: Page[] = [];
    for (const address of [email, "nobody-at-all@example.test"]) {
      for (let times = 0; times < 5; times++) {
        expect((await askFor(address)).status).toBe(200);
      }
      answers.push(await askFor(address));
    }

    expect(answers.map(({ status, lines }) => [status, lines[1]])).toEqual([
      [429, "Too many requests. Try again in 60 minutes."],
      [429, "Too many requests. Try again in 60 minutes."],
    ]);
    expect(Number(answers[0]?.headers.get("retry-after"))).toBeGreaterThan(3500);
    expect(answers.map(({ form }) => form("/forgot").fields.email)).toEqual([
      email,
      "nobody-at-all@example.test",
    ]);
  });

  it.each(["", "robin", "a b@example.test", `${"x".repeat(250)}@example.test`])(
    "is asked again for what is no address: %.30j",
    async (typed) => {
      const { status, title, lines } = await askFor(typed);

      expect({ status, title, problem: lines[1] }).toEqual({
        status: 400,
        title: "Error: Forgot your password? – Latchkey",
        problem: "Enter your e-mail address, such as name@example.com.",
      });
    },
  );
});

function comparable({ status, headers, source }: Page) {
  const { "x-request-id": _, ...rest } = Object.fromEntries(headers);
  return { status, headers: rest, source };
}
