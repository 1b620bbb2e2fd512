import { env } from "cloudflare:workers";
import { TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { Unavailable } from "../../src/core/unavailable.ts";
import { describeError } from "../../src/log/describe-error.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts } from "../../src/storage/d1/schema.ts";
import { type Page, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { logLines } from "../support/log-lines.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";

beforeAll(registerClients);

/** Asks the way a page's form does. */
function postForm(
  service: ReturnType<typeof startService>,
  path: string,
  form: Record<string, string>,
) {
  return service.ask(path, {
    body: new URLSearchParams(form).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      origin: service.settings.publicUrl,
      "sec-fetch-site": "same-origin",
    },
  });
}

/** The id that the database knows, from the form in which a contract shows it. */
const accountId = (shown: string) =>
  shown.replace(/^usr_(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

describe("one line for a request", () => {
  it("says what was asked in names and numbers, and nothing else", async () => {
    const service = startService();
    const ask = () =>
      service.ask("/api/login?next=/secret", {
        body: { email: "robin@meadow.example", password: "wrong otter" },
      });
    // An isolate's first request reads more: keys that it remembers from then on.
    await ask();
    const log = logLines();
    const { headers } = await ask();
    expect(log.parsed()).toEqual([
      {
        level: "info",
        request_id: headers.get("x-request-id"),
        method: "POST",
        route: "/api/login",
        status: 401,
        milliseconds: expect.any(Number),
        tenant: DEFAULT_TENANT_ID,
        contract: "planasonix",
        operation: "startSignIn",
        outcome: "refused",
        reason: "invalid_credentials",
        stores: {
          d1: { calls: 2, milliseconds: expect.any(Number) },
          durable_objects: { calls: 1, milliseconds: expect.any(Number) },
        },
      },
    ]);
  });

  it.each([
    ["GET", "/health", 200, "/health"],
    ["GET", "/device?user_code=BCDF-GHJK", 303, "/device"],
    ["GET", "/verify?token=a-mailed-token", 200, "/verify"],
    ["GET", "/reset?token=a-mailed-token", 200, "/reset"],
    ["POST", "/api/v2/auth/device/token?device_code=BCDF-GHJK", 400, "/api/v2/auth/device/token"],
  ])("%s %s names its route, never the query", async (method, path, status, route) => {
    const log = logLines();
    await startService().ask(path, { method });
    expect(log.parsed()).toMatchObject([{ method, status, route }]);
    expect(log.text()).not.toMatch(/\?|BCDF|mailed/);
  });

  it.each(["/no/such/secret-path", "/api/no-such-secret-path", "/%F0%9F%A6%A6-secret-path"])(
    "does not name a path that is no route: %s",
    async (path) => {
      const log = logLines();
      await startService().ask(path, { method: "GET" });
      expect(log.parsed()).toMatchObject([{ status: 404, reason: "route_unknown" }]);
      expect(log.text()).not.toContain("secret-path");
      expect(log.text()).not.toContain("%F0");
    },
  );

  it("is one line, whatever the request brings", async () => {
    const log = logLines();
    await startService().ask("/api/login", {
      body: { email: "a@b.example\n{}", password: '"}\n{"level":"error"}' },
      headers: { "user-agent": '"} {"level":"error"', "x-request-id": '"}{"level":"error"' },
    });
    expect(log.parsed()).toHaveLength(1);
    expect(log.text().split("\n")).toHaveLength(1);
  });
});

describe("no value that came with a request, or went with its answer, is ever written", () => {
  it("through everything that people and devices do", async () => {
    const log = logLines();
    const service = startService();
    const person = somebody("Robin Quimby");
    const stranger = somebody();
    await registered(service, person);
    const verifyToken = await mailedToken(service, person.email, VERIFY);
    await service.ask(`/verify?token=${verifyToken}`, { method: "GET" });
    await service.ask("/api/verify-email", { body: { token: verifyToken } });
    await service.ask("/api/login", { body: { email: person.email, password: "wrong-otter-1" } });
    await service.ask("/api/login", { body: stranger });
    const session = await signedIn(service, person);
    const refreshed = await service.ask<{ refreshToken: string; accessToken: string }>(
      "/api/auth/refresh",
      { body: { refreshToken: session.refreshToken } },
    );
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const resetToken = await mailedToken(service, person.email, RESET);
    const device = await startedDevice(service);
    await service.ask(`/device?user_code=${device.userCode}`, { method: "GET" });
    await poll(service, device.deviceCode);
    await decide(service, session.accessToken, { userCode: device.userCode });
    const redeemed = await poll(service, device.deviceCode);
    const { email, password } = person;
    const cookie = await postForm(service, "/signin", { email, password });
    await service.ask("/api/reset-password", { body: { token: resetToken, password: "weak" } });
    await service.ask("/api/reset-password", {
      body: { token: resetToken, password: "fresh-otter-of-june" },
    });

    const secrets = {
      email: person.email,
      "the address's first part": person.email.split("@")[0],
      password: person.password,
      "wrong password": "wrong-otter-1",
      "new password": "fresh-otter-of-june",
      name: "Quimby",
      "stranger's email": stranger.email,
      "verify token": verifyToken,
      "reset token": resetToken,
      "access token": session.accessToken,
      "access token's signature": session.accessToken.split(".")[2],
      "refresh token": session.refreshToken,
      "second refresh token": refreshed.body.refreshToken,
      "second access token": refreshed.body.accessToken,
      "device code": device.deviceCode,
      "user code": device.userCode,
      "user code without its dash": device.userCode.replace("-", ""),
      "device's access token": redeemed.body.accessToken,
      "device's refresh token": redeemed.body.refreshToken,
      "account id": session.user.id,
      "account id as it is stored": accountId(session.user.id),
      cookie: cookie.headers.get("set-cookie")?.match(/=([^;]+)/)?.[1],
      "auth secret": env.AUTH_SECRET,
    };
    expect(log.parsed().length).toBeGreaterThan(12);
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret?.length, name).toBeGreaterThan(5);
      expect(log.text().includes(secret ?? ""), name).toBe(false);
    }
  });

  it("through everything that people do to their own account", async () => {
    const log = logLines();
    const person = somebody("Robin Quimby");
    const { browser } = await signedInBrowser(
      startService(),
      await registered(startService(), person),
    );
    const csrf = (await browser.open("/account")).form("/signout").fields.csrf ?? "";
    const post = (path: string, fields: Record<string, string>) =>
      browser.post(`/account/${path}`, { csrf, ...fields });
    const linesOf = ({ lines }: Page, form: RegExp) => lines.filter((line) => form.test(line));
    const shown = await post("security/two-factor", {});
    const [secret = ""] = linesOf(shown, /^([A-Z2-7]{4} ?){8}$/);
    const { set_up = "" } = shown.form("/account/security/two-factor/confirm").fields;
    const code = new TOTP({ secret: secret.replaceAll(" ", "") }).generate();
    await post("security/two-factor/confirm", { set_up, code: "wrong-code" });
    const codes = await post("security/two-factor/confirm", { set_up, code });
    const [recoveryCode = ""] = linesOf(codes, /^\w{5}-\w{5}$/);
    const made = await post("keys", { name: "Quimby's key", "profile:read": "on", life: "30" });
    const [key = ""] = linesOf(made, /^plnx_live_/);
    await post("profile", { name: "Robin Quimby-Otter" });
    await post("security/email", { email: "quimby@meadow.example" });
    await post("sessions/rename", { session: "quimby-session", name: "Quimby's laptop" });
    await post("security/two-factor-off", { password: person.password, code: recoveryCode });
    await post("security/password", {
      current_password: person.password,
      password: "fresh-otter-of-june",
    });

    const secrets = {
      email: person.email,
      "new email": "quimby@meadow.example",
      name: "Quimby",
      password: person.password,
      "new password": "fresh-otter-of-june",
      "form token": csrf,
      "app's secret": secret.replaceAll(" ", ""),
      "app's secret, sealed": set_up,
      "wrong code": "wrong-code",
      "recovery code": recoveryCode,
      "API key": key,
      cookie: browser.cookies.get("latchkey"),
      "session id": "quimby-session",
    };
    expect(log.parsed().length).toBeGreaterThan(12);
    for (const [name, value] of Object.entries(secrets)) {
      expect(value?.length, name).toBeGreaterThan(5);
      expect(log.text().includes(value ?? ""), name).toBe(false);
    }
    // Six digits stand within ids by chance.
    expect(log.text()).not.toMatch(new RegExp(`\\b${code}\\b`));
  });

  it("when a body cannot be read", async () => {
    const log = logLines();
    const service = startService();
    for (const body of [
      '{"email":"robin@meadow.example","password":"gentle otter',
      "gentle otter",
      "[]",
    ]) {
      await service.ask("/api/login", { body });
    }
    await service.ask("/api/login", {
      body: { email: ["robin@meadow.example"], password: { a: "gentle otter" } },
    });
    expect(log.parsed()).toHaveLength(4);
    expect(log.text()).not.toMatch(/robin|meadow|gentle|otter/);
  });

  it("with the headers of a request", async () => {
    const log = logLines();
    await startService().ask("/api/login", {
      body: { email: "robin@meadow.example", password: "gentle otter" },
      bearer: "secret-bearer",
      headers: {
        cookie: "latchkey=secret-cookie",
        "user-agent": "secret-agent",
        referer: "https://secret.example/",
        "x-forwarded-for": "192.0.2.99",
      },
      address: "198.18.77.77",
    });
    expect(log.text()).not.toMatch(/secret|192\.0\.2\.99|198\.18\.77\.77/);
  });
});

describe("what is said of an error", () => {
  it("is its name, message and stack, down the chain of causes", () => {
    const cause = new RangeError("too far");
    expect(describeError(new Unavailable("D1", 2, cause))).toEqual({
      name: "Unavailable",
      message: "D1 is unavailable",
      stack: expect.arrayContaining([expect.stringMatching(/^ +at /)]),
      cause: {
        name: "RangeError",
        message: "too far",
        stack: expect.arrayContaining([expect.stringMatching(/^ +at /)]),
      },
    });
  });

  it.each([
    "a text with robin@meadow.example",
    { email: "robin@meadow.example" },
    7,
    null,
    undefined,
  ])("is nothing of a thing that is no error: %j", (thrown) => {
    expect(describeError(thrown)).toEqual({ message: "not an Error" });
  });

  it("is neither the statement nor the parameters of a query", async () => {
    const failing = openDatabase(env.DB)
      .insert(accounts)
      .values({
        id: "an-account-id",
        tenantId: null as never,
        email: "robin@meadow.example",
        name: "Robin Quimby",
        createdAt: new Date(0),
      });
    const error: unknown = await failing.then(null, (thrown: unknown) => thrown);

    expect(String(error)).toContain("robin@meadow.example");
    const said = JSON.stringify(describeError(error));
    expect(said).not.toMatch(/insert into|robin|Quimby|an-account-id/i);
    expect(describeError(error)).toMatchObject({
      message: "query failed",
      cause: { message: expect.stringContaining("NOT NULL constraint failed: accounts.tenant_id") },
    });
  });
});

describe("while the database fails", () => {
  /** A table under another name: every statement that needs it fails, with its parameters at hand. */
  async function without(table: string, work: () => Promise<unknown>) {
    await env.DB.exec(`ALTER TABLE ${table} RENAME TO ${table}_gone`);
    try {
      await work();
    } finally {
      await env.DB.exec(`ALTER TABLE ${table}_gone RENAME TO ${table}`);
    }
  }

  it("an outage is written once, with its cause and the request's id, and no parameter", async () => {
    const service = startPostOffice();
    const { email, password } = await registered(service);
    const log = logLines();
    let requestId: string | null = null;
    await without("accounts", async () => {
      const { status, headers } = await service.ask("/api/login", { body: { email, password } });
      requestId = headers.get("x-request-id");
      expect(status).toBe(503);
    });

    const errors = log.parsed().filter(({ level }) => level === "error");
    expect(errors).toMatchObject([
      {
        request_id: requestId,
        error: {
          name: "Unavailable",
          message: "D1 is unavailable",
          cause: {
            message: "query failed",
            cause: { message: expect.stringContaining("no such table") },
          },
        },
      },
    ]);
    expect(log.text()).not.toContain(email);
    expect(log.text()).not.toMatch(/select "/);
  });

  it("inside a Durable Object, its error carries no parameter into the log either", async () => {
    const service = startPostOffice();
    const { accessToken, user } = await signedIn(service);
    const device = await startedDevice(service);
    await decide(service, accessToken, { userCode: device.userCode });
    const log = logLines();
    await without("sessions", async () => {
      expect((await poll(service, device.deviceCode)).status).toBe(503);
    });

    expect(log.parsed().some(({ level }) => level === "error")).toBe(true);
    expect(log.text()).not.toContain(accountId(user.id));
    expect(log.text()).not.toMatch(/insert into|params/i);
  });
});
