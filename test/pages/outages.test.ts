import { beforeAll, describe, expect, it, vi } from "vitest";
import { ask } from "../support/authorization.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const CAUSE = "internal detail of a store";

const up = startService();
const withoutD1 = startService({ DB: downDatabase() });
const withoutKv = startService({ CODES: { get: down, put: down, delete: down, list: down } });
const withoutThrottle = startService({ THROTTLE: downNamespace() });
const withoutCodeEntry = startService({ CODE_ENTRY: downNamespace() });

const NEED_NO_DATABASE = [
  "/",
  "/signin",
  "/signin/mail",
  "/forgot",
  "/style.css",
  "/verify?token=x",
  "/reset?token=x",
];

beforeAll(registerClients);

describe("while the database is down", () => {
  it("nobody is signed in, and no password is called wrong", async () => {
    const { email, password } = await registered(up);

    for (const typed of [password, "wrong"]) {
      expectOutage(await new Browser(withoutD1).post("/signin", { email, password: typed }));
    }
  });

  it("a page for the signed-in asks to come back, and not to sign in again", async () => {
    const { browser } = await signedInBrowser(up);

    expectOutage(await browser.copy(withoutD1).open("/device"));
    expect((await browser.open("/device")).status).toBe(200);
  });

  it("a decision is not taken, and can be afterwards", async () => {
    const { browser } = await signedInBrowser(up);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);

    expectOutage(await browser.copy(withoutD1).submit(form("/device"), { decision: "approve" }));
    expect((await poll(up, deviceCode)).body.error.code).toBe("authorization_pending");
    expect((await browser.submit(form("/device"), { decision: "approve" })).status).toBe(200);
  });

  it("signing out does not pretend: the browser keeps its cookie until it is done", async () => {
    const { browser } = await signedInBrowser(up);
    const { form } = await browser.open("/device");
    const cutOff = browser.copy(withoutD1);

    expectOutage(await cutOff.submit(form("/signout")));
    expect(cutOff.cookies).toEqual(browser.cookies);
    expect((await browser.submit(form("/signout"))).status).toBe(303);
  });

  it("nobody is told that they may not make an account", async () => {
    expectOutage(await new Browser(withoutD1).open("/register"));
  });

  it("no client is answered, neither by a code nor by a refusal", async () => {
    await registerOAuthClients();
    const { browser } = await signedInBrowser(up);
    const { form } = await ask(browser);
    const cutOff = browser.copy(withoutD1);

    expectOutage(await ask(cutOff));
    expectOutage(await ask(cutOff, { prompt: "none" }));
    expectOutage(await cutOff.submit(form("/oauth/consent"), { decision: "allow" }));
    expect((await browser.submit(form("/oauth/consent"), { decision: "allow" })).status).toBe(303);
  });

  it("mailed links are not spent", async () => {
    const person = await registered(up);
    const verify = { token: await mailedToken(up, person.email, VERIFY) };
    const forgetful = await registered(up);
    await up.ask("/api/forgot-password", { body: { email: forgetful.email } });
    const token = await mailedToken(up, forgetful.email, RESET);
    const reset = { token, password: "entirely-other-otters" };

    expectOutage(await new Browser(withoutD1).post("/verify", verify));
    expectOutage(await new Browser(withoutD1).post("/reset", reset));
    expect((await signedIn(up, person)).user.emailVerified).toBe(false);
    expect((await new Browser(up).post("/verify", verify)).status).toBe(200);
    expect((await new Browser(up).post("/reset", reset)).status).toBe(200);
  });

  it("what needs no database still answers", async () => {
    const browser = new Browser(withoutD1);
    const statuses: Record<string, number> = {};
    for (const path of NEED_NO_DATABASE) {
      statuses[path] = (await browser.open(path)).status;
    }

    expect(statuses).toEqual(Object.fromEntries(NEED_NO_DATABASE.map((path) => [path, 200])));
  });

  it("the log has the cause and nothing that was typed", async () => {
    const log = vi.spyOn(console, "error");
    const { email, password } = await registered(up);

    await new Browser(withoutD1).post("/signin", { email, password });

    const logged = log.mock.calls.flat().join("\n");
    expect(log).toHaveBeenCalledTimes(1);
    expect(logged).toContain("D1 is unavailable");
    expect(logged).toContain(CAUSE);
    expect(logged).not.toContain(email);
    expect(logged).not.toContain(password);
    log.mockRestore();
  });
});

describe("while something else is down", () => {
  it("KV: a mailed link is not called dead", async () => {
    const browser = new Browser(withoutKv);

    expectOutage(await browser.post("/verify", { token: "x" }));
    expectOutage(await browser.post("/reset", { token: "x", password: "entirely-other-otters" }));
  });

  it("the throttle: nobody guesses uncounted", async () => {
    const { email, password } = await registered(up);

    expectOutage(await new Browser(withoutThrottle).post("/signin", { email, password }));
  });

  it("the desk for user codes: a code is neither found nor called unknown", async () => {
    const { browser } = await signedInBrowser(up);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    const cutOff = browser.copy(withoutCodeEntry);

    expectOutage(await cutOff.open(`/device?user_code=${userCode}`));
    expectOutage(await cutOff.submit(form("/device"), { decision: "approve" }));
    expect((await poll(up, deviceCode)).body.error.code).toBe("authorization_pending");
  });
});

describe("a bug", () => {
  it("is answered in a fixed text that shows nothing of it", async () => {
    const { email, password } = await registered(up);
    const hashing = vi.spyOn(crypto.subtle, "deriveBits").mockRejectedValue(new Error(CAUSE));

    const { status, title, lines, source, headers } = await new Browser(up).post("/signin", {
      email,
      password,
    });

    hashing.mockRestore();
    expect({ status, title, lines }).toEqual({
      status: 500,
      title: "Something went wrong on our side – Latchkey",
      lines: [
        "Something went wrong on our side",
        "It is not your fault. Try again; if it stays like this, come back later.",
        "Front page",
      ],
    });
    expect(source).not.toContain(CAUSE);
    expect(headers.getSetCookie()).toEqual([]);
  });
});

function expectOutage({ status, title, lines, source, headers }: Page): void {
  expect({ status, title, lines, retryAfter: headers.get("retry-after") }).toEqual({
    status: 503,
    title: "Not possible right now – Latchkey",
    lines: [
      "Not possible right now",
      "Nothing is wrong with what you sent. Try again in 2 seconds.",
      "Front page",
    ],
    retryAfter: "2",
  });
  expect(source).not.toContain(CAUSE);
  expect(source).not.toMatch(/\bat \S+ \(|\.tsx?:\d+|Error:/);
  expect(headers.getSetCookie()).toEqual([]);
}

function down(): Promise<never> {
  return Promise.reject(new Error(CAUSE));
}

function downDatabase() {
  const statement = { bind: () => statement, all: down, raw: down, run: down, first: down };
  return { prepare: () => statement, batch: down, exec: down };
}

/** A namespace whose objects take calls and answer none. */
function downNamespace() {
  const object = new Proxy({}, { get: (_, method) => (method === "then" ? undefined : down) });
  return { idFromName: (name: string) => name, get: () => object };
}
