import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Browser, type Fields, type Page } from "../support/browser.ts";
import { withoutCeremony } from "../support/passkeys.ts";
import { type Person, registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
let person: Person;

beforeAll(async () => {
  person = await registered(service);
});

/** Types into the form and sends it, in a browser that is new to the page. */
async function signInWith(typed: Fields, browser = new Browser(service)): Promise<Page> {
  const { form } = await browser.open("/signin");
  return browser.submit(form("/signin"), typed);
}

describe("the right password", () => {
  it("leads on by 303 and hands this browser a cookie that scripts and other sites do not get", async () => {
    const { status, location, headers } = await signInWith(credentialsOf(person));

    expect({ status, location }).toEqual({ status: 303, location: "/account" });
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^latchkey=[\w.-]{40,}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("opens a page that says whose account it is", async () => {
    const browser = new Browser(service);

    const { form } = await browser.open("/signin?return_to=%2Fdevice");

    const { lines } = await browser.follow(
      await browser.submit(form("/signin"), credentialsOf(person)),
    );

    expect(lines).toContain(`Signed in as ${person.email}`);
  });

  it("is right in any spelling of the address, with spaces around it", async () => {
    const email = `  ${person.email.toUpperCase()} `;

    expect((await signInWith({ ...credentialsOf(person), email })).status).toBe(303);
  });
});

describe("a sign-in that fails", () => {
  const failures = {
    "a wrong password": () => ({ ...credentialsOf(person), password: "not the right one" }),
    "an unknown address": () => ({ email: "nobody@example.test", password: "not the right one" }),
    "the right password of a disabled account": disabled,
  };

  it.each(Object.entries(failures))("%s is answered in the same words", async (_, typed) => {
    const { status, title, lines } = await signInWith(await typed());

    expect({ status, title, lines }).toEqual({
      status: 401,
      title: "Error: Sign in – Latchkey",
      lines: [
        "Sign in",
        "The e-mail address or the password is wrong.",
        "E-mail address",
        "Password",
        "Sign in",
        "Sign in with a passkey",
        "E-mail me a code instead",
        "Forgot your password?",
        "Create an account",
      ],
    });
  });

  it("is answered byte for byte alike, but for the address that was typed", async () => {
    const answers: unknown[] = [];
    for (const typed of Object.values(failures)) {
      const fields = await typed();
      answers.push(comparable(await signInWith(fields), fields));
    }

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual(answers[2]);
  });

  it("puts the address back and never the password", async () => {
    const { form } = await signInWith({ email: person.email, password: "wrong-and-secret" });

    expect(form("/signin").fields).toEqual({
      return_to: "/account",
      email: person.email,
      password: "",
    });
  });

  it("opens no session", async () => {
    const browser = new Browser(service);

    const { headers } = await signInWith({ email: person.email, password: "wrong" }, browser);

    expect(headers.getSetCookie()).toEqual([]);
    expect((await browser.open("/device")).status).toBe(303);
  });

  it("leaves whoever is signed in as they were", async () => {
    const browser = new Browser(service);
    await browser.signIn(person);

    await signInWith({ email: "nobody@example.test", password: "wrong" }, browser);

    expect((await browser.open("/device")).lines).toContain(`Signed in as ${person.email}`);
  });
});

describe("what is typed", () => {
  const secret = "hunter-of-moles-42";
  const malformed: [what: string, typed: Fields, problem: string][] = [
    ["no address", { email: "", password: secret }, "Enter your e-mail address"],
    ["no e-mail address", { email: "robin", password: secret }, "Enter your e-mail address"],
    ["an endless address", { email: longEmail(), password: secret }, "Enter your e-mail address"],
    ["no password", { email: "robin@example.test", password: "" }, "Enter your password."],
    [
      "an endless password",
      { email: "robin@example.test", password: secret.padEnd(1025, "x") },
      "A password has at most 1024 characters here.",
    ],
  ];

  it.each(malformed)("%s is refused with 400 and what to do", async (_, typed, problem) => {
    const { status, title, source, lines, headers } = await signInWith(typed);

    expect({ status, title }).toEqual({ status: 400, title: "Error: Sign in – Latchkey" });
    expect(lines[1]).toContain(problem);
    expect(source).not.toContain(secret);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it("says everything that is wrong at once, where a screen reader hears it", async () => {
    const { lines, elements } = await signInWith({ email: "", password: "" });

    expect(lines.slice(1, 3)).toEqual([
      "Enter your e-mail address, such as name@example.com.",
      "Enter your password.",
    ]);
    expect(elements.some(({ attributes }) => attributes.role === "alert")).toBe(true);
  });

  it("a password of 1,024 characters is taken whole", async () => {
    const password = crypto.randomUUID().padEnd(1024, "long and winding ");
    const { email } = await registered(service, {
      ...person,
      email: "long@example.test",
      password,
    });

    expect((await signInWith({ email, password })).status).toBe(303);
    expect((await signInWith({ email, password: `${password.slice(0, -1)}!` })).status).toBe(401);
  });

  it("the password is in no answer and no line of the log, nor is the cookie", async () => {
    const log = vi.spyOn(console, "info");
    const wrong = "a-wrong-and-private-one";

    const answers = [
      await signInWith({ email: person.email, password: wrong }),
      await signInWith({ email: "not an address", password: wrong }),
      await signInWith(credentialsOf(person)),
    ];

    const cookie = answers[2]?.headers.get("set-cookie")?.match(/=([^;]+)/)?.[1] ?? "none";
    const logged = log.mock.calls.flat().join("\n");
    for (const text of [logged, ...answers.map(everything)]) {
      expect(text).not.toContain(wrong);
      expect(text).not.toContain(person.password);
    }
    expect(logged).not.toContain(cookie);
    expect(logged).not.toContain(person.email);
    expect(logged).toContain("startSignIn");
    log.mockRestore();
  });
});

describe("what is no sign-in form", () => {
  const fields = { email: "robin@example.test", password: "gentle-otter" };
  const plain = { "sec-fetch-site": "same-origin" };
  const form = { ...plain, "content-type": "application/x-www-form-urlencoded" };

  const bodies: [what: string, status: number, init: RequestInit][] = [
    ["nothing at all", 415, { headers: plain }],
    ["an empty form", 400, { headers: form, body: "" }],
    [
      "JSON",
      415,
      { headers: { ...plain, "content-type": "application/json" }, body: JSON.stringify(fields) },
    ],
    ["plain text", 415, { headers: { ...plain, "content-type": "text/plain" }, body: "email=a" }],
    [
      "a field sent twice",
      400,
      { headers: form, body: "email=a@b.test&email=c@d.test&password=x" },
    ],
    ["a file for a password", 400, { headers: plain, body: withFile() }],
    ["multipart cut off", 400, { headers: { ...plain, "content-type": "multipart/form-data" } }],
    ["bytes that are no UTF-8", 400, { headers: form, body: "email=%FF%FE&password=%C3%28" }],
    ["a NUL in the address", 400, { headers: form, body: "email=a%00@b.test&password=x" }],
    ["names of built-in properties", 400, { headers: form, body: "__proto__=x&constructor=y" }],
    ["17 KiB", 413, { headers: form, body: `email=a@b.test&password=${"x".repeat(17 * 1024)}` }],
  ];

  it.each(bodies)("%s is refused with %i and a page", async (_, status, init) => {
    const answer = await new Browser(service).send("/signin", { method: "POST", ...init });

    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("another method is refused with 405 and what the page takes", async () => {
    const { status, headers } = await new Browser(service).send("/signin", { method: "PUT" });

    expect({ status, allow: headers.get("allow") }).toEqual({
      status: 405,
      allow: "GET, HEAD, POST",
    });
  });
});

function credentialsOf({ email, password }: Person) {
  return { email, password };
}

async function disabled() {
  const { email, password } = await registered(service);
  await env.DB.prepare("UPDATE accounts SET disabled_at = 1 WHERE email = ?").bind(email).run();
  return { email, password };
}

/** An answer without what differs between any two: the request's number and the address typed. */
function comparable({ status, headers, source }: Page, { email = "" }: Fields) {
  const { "x-request-id": _, ...rest } = Object.fromEntries(headers);
  const fixed = withoutCeremony(source).replaceAll(email, "(address)");
  return { status, headers: rest, source: fixed };
}

function everything({ source, headers }: Page): string {
  return [source, ...[...headers].flat()].join("\n");
}

function longEmail(): string {
  return `${"x".repeat(250)}@example.test`;
}

function withFile(): FormData {
  const form = new FormData();
  form.append("email", "robin@example.test");
  form.append("password", new File(["gentle-otter"], "password.txt"));
  return form;
}
