import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Browser, type Fields, type Page } from "../support/browser.ts";
import { logLines } from "../support/log-lines.ts";
import { mailedToken, mailTo, VERIFY } from "../support/mail.ts";
import { registered, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { closeRegistration } from "../support/tenants.ts";

const WAY_ON = "?return_to=%2Fdevice%3Fuser_code%3DBCDF-GHJK";

const service = startService();

/** Fills in the form in a browser that came from a device. */
async function register(typed: Fields, browser = new Browser(service)): Promise<Page> {
  const { form } = await browser.open(`/register${WAY_ON}`);
  return browser.submit(form("/register"), typed);
}

describe("making an account", () => {
  it("is found from the sign-in page, and leads by way of a mail to where it began", async () => {
    const { email, password, name } = somebody();
    const browser = new Browser(service);
    const signIn = await browser.open(`/signin${WAY_ON}`);
    expect(linksOf(signIn)).toContain(`/register${WAY_ON}`);

    const sent = await register({ email, password, name }, browser);
    const { form } = await browser.open(
      `/verify?token=${await mailedToken(service, email, VERIFY)}`,
    );
    expect((await browser.submit(form("/verify"))).status).toBe(200);
    const again = await browser.open(linksOf(sent)[0] ?? "");
    const answer = await browser.submit(again.form("/signin"), { email, password });

    expect({ status: sent.status, title: sent.title, lines: sent.lines }).toEqual({
      status: 200,
      title: "Check your inbox – Latchkey",
      lines: [
        "Check your inbox",
        `A mail to ${email} is on its way. Open the link in it to confirm that the address is yours; it works for 24 hours.`,
        "Then sign in here to go on.",
        "Sign in",
        "Nothing came? Look in the junk folder, and make sure that the address is right.",
        "Use another address",
      ],
    });
    expect([answer.status, answer.location]).toEqual([303, "/device?user_code=BCDF-GHJK"]);
  });

  it("signs nobody in", async () => {
    const { email, password, name } = somebody();
    const browser = new Browser(service);

    await register({ email, password, name }, browser);

    expect([...browser.cookies]).toEqual([]);
    expect(await passwordFits({ email, password })).toBe(true);
  });

  it("keeps the name that was given, and does without one", async () => {
    const named = somebody();
    const nameless = somebody();

    await register({ ...credentialsOf(named), name: "  Ada Lovelace " });
    await register({ ...credentialsOf(nameless), name: " " });

    expect(await nameOf(named.email)).toEqual({
      name: "Ada Lovelace",
      given_name: "Ada",
      family_name: "Lovelace",
    });
    expect(await nameOf(nameless.email)).toEqual({
      name: null,
      given_name: null,
      family_name: null,
    });
  });

  it("is told the same for an address that is taken: its owner alone learns of it", async () => {
    const owner = await registered(service);
    const free = somebody();
    await service.ask("/api/verify-email", {
      body: { token: await mailedToken(service, owner.email, VERIFY) },
    });

    const answers = [
      await register({ ...credentialsOf(free), name: "" }),
      await register({ email: owner.email, password: "a-stranger-chose-this", name: "" }),
    ];

    expect(comparable(answers[0], free.email)).toEqual(comparable(answers[1], owner.email));
    await mailTo(service, owner.email, /already have an account/i);
    expect(await passwordFits(owner)).toBe(true);
  });
});

describe("what is typed to make an account", () => {
  const SHORT = "Your password must have at least 8 characters.";
  const EMAIL = "Enter your e-mail address, such as name@example.com.";
  const NAME = "A name has at most 200 characters here, all of them readable.";

  const refused: [what: string, typed: Fields, problems: string[]][] = [
    ["a short password", { password: "otters!" }, [SHORT]],
    ["no password", { password: "" }, [SHORT]],
    [
      "a well-known password",
      { password: "Password1" },
      ["Your password is among the first that anyone would try; choose another."],
    ],
    [
      "a password made of their own name",
      { name: "Robin Example", password: "robin-example-1" },
      ["Your password is made of your own name or address; choose another."],
    ],
    [
      "an endless password",
      { password: "x y".repeat(400) },
      ["A password has at most 1024 characters here."],
    ],
    ["no address", { email: "robin" }, [EMAIL]],
    ["an endless name", { name: "x".repeat(201) }, [NAME]],
    ["a name with controls in it", { name: "a\u0007b" }, [NAME]],
    [
      "nothing right",
      { name: "x".repeat(201), email: "", password: "x".repeat(1025) },
      [NAME, EMAIL, "A password has at most 1024 characters here."],
    ],
  ];

  it.each(refused)("%s is refused with the reason, and makes none", async (_, typed, problems) => {
    const { email, password } = somebody();
    const sent = { name: "", email, password, ...typed };

    const { status, title, lines, form } = await register(sent);

    expect({ status, title, problems: lines.slice(1, 1 + problems.length) }).toEqual({
      status: 400,
      title: "Error: Create an account – Latchkey",
      problems,
    });
    expect(form("/register").fields).toEqual({
      return_to: "/device?user_code=BCDF-GHJK",
      name: sent.name,
      email: sent.email,
      password: "",
    });
    expect(await nameOf(email)).toBeNull();
  });

  it("leaves neither password nor address in the log", async () => {
    const { text } = logLines();
    const { email, password, name } = somebody();
    await register({ email, password, name });

    expect(text()).toContain('"operation":"register"');
    expect(text()).not.toContain(email);
    expect(text()).not.toContain(password);
  });
});

describe("whoever may not make an account", () => {
  it("where registration is closed is told how to get one, and keeps the way on", async () => {
    await closeRegistration();
    const { email, password, name } = somebody();

    const shown = await new Browser(service).open(`/register${WAY_ON}`);
    const posted = await new Browser(service).post("/register", { email, password, name });

    expect(linksOf(shown)).toEqual([`/signin${WAY_ON}`]);
    for (const { status, title, lines } of [shown, posted]) {
      expect({ status, title, lines }).toEqual({
        status: 403,
        title: "You cannot register here yourself – Latchkey",
        lines: [
          "You cannot register here yourself",
          "Accounts are made by whoever runs this service: ask them for one. If you have one, sign in.",
          "Sign in",
        ],
      });
    }
    expect(linksOf(await new Browser(service).open("/signin"))).toEqual([
      "/signin/mail",
      "/forgot",
    ]);
    expect(await nameOf(email)).toBeNull();
  });

  it("tries too much is told when to come back", async () => {
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
    const { email, password, name } = somebody();

    const answer = await new Browser(fenced).post("/register", { email, password, name });

    expect([answer.status, answer.lines[1]]).toEqual([
      429,
      "Too many attempts. Try again in 60 seconds.",
    ]);
    expect(answer.headers.get("retry-after")).toBe("60");
  });
});

function credentialsOf({ email, password }: { email: string; password: string }) {
  return { email, password };
}

/** Every link but the one to the front page, which stands on all pages. */
function linksOf({ elements }: Page): string[] {
  return elements
    .flatMap(({ tag, attributes: { href = "" } }) => (tag === "a" ? [href] : []))
    .filter((href) => href !== "/");
}

async function passwordFits({ email, password }: { email: string; password: string }) {
  const { status } = await service.ask("/api/login", { body: { email, password } });
  return status === 200;
}

function nameOf(email: string) {
  return env.DB.prepare("SELECT name, given_name, family_name FROM accounts WHERE email = ?")
    .bind(email)
    .first();
}

function comparable(page: Page | undefined, email: string) {
  const { "x-request-id": _, ...headers } = Object.fromEntries(page?.headers ?? []);
  return { status: page?.status, headers, source: page?.source.replaceAll(email, "(address)") };
}
