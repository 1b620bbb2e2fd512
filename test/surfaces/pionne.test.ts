import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "../support/authenticator.ts";
import { CLI, registerClients } from "../support/clients.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { disableAccount } from "../support/disabled.ts";
import { mailTo, VERIFY } from "../support/mail.ts";
import { type Person, signedIn as signedInElsewhere, somebody } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { type Asked, startService, type TestService } from "../support/service.ts";

interface Session {
  user: { id: string; email: string; name: string };
  token: string;
}

interface Listed {
  id: number;
  name: string;
  created_at: string;
  last_used_at: string;
  is_current: boolean;
}

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const TOTP_TOKEN = expect.stringMatching(/^pionne_totp_[\w-]{100,}$/);
const numbered = (number: number) =>
  expect.stringMatching(new RegExp(`^${number}\\|[\\w-]{80,120}$`));

const ok = (body: unknown, status = 200) => ({ status, headers: JSON_ANSWER, body });
const NO_CONTENT = { status: 204, headers: { "cache-control": "no-store" }, body: "" };
const refused = (status: number, body: object, headers = {}) => ({
  status,
  headers: { ...JSON_ANSWER, ...headers },
  body,
});
const coded = (status: number, error: string, message: string, headers = {}) =>
  refused(status, { error, message }, headers);
const invalid = (errors: Record<string, string[]>) =>
  refused(422, { message: "The given data was invalid.", errors });
const tooMany = (inSeconds: number) =>
  refused(429, { message: "Too Many Attempts." }, { "retry-after": String(inSeconds) });

const NO_BEARER = refused(401, { message: "Unauthenticated." }, { "www-authenticate": "Bearer" });
const BAD_BEARER = refused(
  401,
  { message: "Unauthenticated." },
  { "www-authenticate": 'Bearer error="invalid_token"' },
);
const WRONG = coded(401, "invalid_credentials", "The e-mail address or the password is wrong.");
const WRONG_CODE = coded(422, "invalid_code", "The code is wrong or was used already.");
const STALE = coded(
  401,
  "invalid_totp_token",
  "The sign-in has expired or was used already. Start again.",
);
const NO_SUCH_TOKEN = coded(404, "not_found", "There is no such token.");

let service: TestService;
beforeAll(registerClients);
beforeEach(() => {
  service = startService();
});

/** Asks for an endpoint such as `POST /login`, which begins below the base. */
function ask<Body = unknown>(endpoint: string, asked: Asked = {}) {
  const [method = "", path = ""] = endpoint.split(" ");
  return service.ask<Body>(`/api/auth${path}`, { method, ...asked });
}

const client = (type: string) => ({ headers: { "x-pionne-client": type } });

async function registered(person = somebody(), asked: Asked = {}) {
  const { body } = await ask<Session>("POST /register", { body: person, ...asked });
  return { ...body, person };
}

const logIn = ({ email, password }: Person, asked: Asked = {}) =>
  ask<Session>("POST /login", { body: { email, password }, ...asked });

async function tokenOf(person: Person, type = "mobile") {
  return (await logIn(person, client(type))).body.token;
}

const isLive = async (bearer: string) => (await ask("GET /me", { bearer })).status === 200;

async function listed(bearer: string) {
  return (await ask<{ tokens: Listed[] }>("GET /tokens", { bearer })).body.tokens;
}

/** The token of a device that somebody approved. */
async function tokenOfDevice(person: Person): Promise<string> {
  const { accessToken } = await signedInElsewhere(service, person);
  const { deviceCode, userCode } = await startedDevice(service, { clientId: CLI });
  await decide(service, accessToken, { userCode });
  return (await poll(service, deviceCode, CLI)).body.accessToken;
}

/** Somebody with a second factor, on a stopped clock. */
async function withTotp() {
  stopClock();
  const { person, token } = await registered();
  const { body: enrolled } = await ask<{ secret: string }>("POST /totp/enable", {
    bearer: token,
    body: { password: person.password },
  });
  const app = new Authenticator(enrolled.secret);
  const { body } = await ask<{ recovery_codes: string[] }>("POST /totp/confirm", {
    bearer: token,
    body: { code: app.code() },
  });
  return { person, token, app, recoveryCodes: body.recovery_codes };
}

async function totpToken(person: Person, asked: Asked = {}) {
  const { body } = await ask<{ totp_token: string }>("POST /login", { body: person, ...asked });
  return body.totp_token;
}

const secondStep = (body: object, asked: Asked = {}) =>
  ask<Session>("POST /login/totp", { body, ...asked });

/** Six digits that are no code of the app around now. */
function wrongCode(app: Authenticator): string {
  return String((Number(app.code()) + 1) % 1_000_000).padStart(6, "0");
}

describe("POST /api/auth/register", () => {
  it("makes an account with a trial of 30 days and signs it in", async () => {
    stopClock();
    const person = somebody();

    expect(seen(await ask("POST /register", { body: person }))).toEqual(
      ok(
        {
          user: {
            id: "<account id>",
            email: person.email,
            name: "Robin Example",
            trial_ends_at: new Date(Date.now() + 30 * DAY_SECONDS * 1000).toISOString(),
          },
          token: numbered(1),
        },
        201,
      ),
    );
  });

  it("mails a link to confirm the address", async () => {
    const { person } = await registered();

    await mailTo(service, person.email, VERIFY);
  });

  it("names the token after the client", async () => {
    const { token } = await registered(somebody(), client("cli"));

    expect((await listed(token)).map(({ name }) => name)).toEqual(["cli"]);
  });

  it("says that an address is taken, in any spelling, and changes nothing", async () => {
    const { person, token } = await registered();
    const body = { ...somebody("Robyn Other"), email: ` ${person.email.toUpperCase()} ` };

    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({ email: ["The email has an account."] }),
    );
    expect((await ask("GET /me", { bearer: token })).body).toMatchObject({ name: person.name });
    expect((await logIn(person)).status).toBe(200);
  });

  it("makes one account of an address that many register at once", async () => {
    const person = somebody();

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => ask("POST /register", { body: person })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it("names every field that is missing or wrong", async () => {
    expect(seen(await ask("POST /register", { body: {} }))).toEqual(
      invalid({
        email: ["The email is required."],
        password: ["The password is required."],
        name: ["The name is required."],
      }),
    );
    const body = { email: "robin", password: 12_345_678, name: " " };
    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({
        email: ["The email must be an e-mail address."],
        password: ["The password must be a text."],
        name: ["The name must not be empty."],
      }),
    );
  });

  it("refuses what is no JSON object", async () => {
    expect(seen(await ask("POST /register", { body: '{"email":' }))).toEqual(
      invalid({ body: ["The body must be JSON in UTF-8."] }),
    );
    expect(seen(await ask("POST /register", { body: [] }))).toEqual(
      invalid({ body: ["The body must be an object."] }),
    );
  });

  it("refuses a password of fewer than eight characters", async () => {
    const body = { ...somebody(), password: "7 chars" };

    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({ password: ["The password must have at least 8 characters."] }),
    );
  });

  it("refuses everybody where the tenant is closed", async () => {
    await env.DB.exec("UPDATE tenants SET self_registration = 0");
    const answer = await ask("POST /register", { body: somebody() });
    await env.DB.exec("UPDATE tenants SET self_registration = 1");

    expect(seen(answer)).toEqual(
      coded(
        403,
        "registration_closed",
        "Registration is closed. Ask an administrator for an account.",
      ),
    );
  });

  it("lets nobody ask more often than five times an hour whether an address is taken", async () => {
    stopClock();
    const { person } = await registered();
    for (let time = 0; time < 4; time++) {
      expect((await ask("POST /register", { body: person })).status).toBe(422);
    }

    expect(seen(await ask("POST /register", { body: person }))).toEqual(tooMany(3600));
  });
});

describe("POST /api/auth/login", () => {
  it("answers a right password with the account and a numbered token", async () => {
    const { person } = await registered();

    expect(seen(await logIn(person))).toEqual(
      ok({
        user: { id: "<account id>", email: person.email, name: "Robin Example" },
        token: numbered(2),
      }),
    );
  });

  it("answers a wrong password, an unknown address and a disabled account alike", async () => {
    const { person } = await registered();
    const { person: disabled } = await registered();
    await disableAccount(disabled.email);

    expect(seen(await logIn({ ...person, password: "not the right one" }))).toEqual(WRONG);
    expect(seen(await logIn(somebody()))).toEqual(WRONG);
    expect(seen(await logIn(disabled))).toEqual(WRONG);
  });

  it("names every field that is missing", async () => {
    expect(seen(await ask("POST /login", { body: {} }))).toEqual(
      invalid({ email: ["The email is required."], password: ["The password is required."] }),
    );
  });

  it("makes who failed ten times wait", async () => {
    stopClock();
    const { person } = await registered();
    for (let failure = 0; failure < 10; failure++) {
      await logIn({ ...person, password: "not the right one" });
    }

    expect(seen(await logIn(person))).toEqual(tooMany(1));
  });

  it("ends the account's other token of the same client type", async () => {
    const { person } = await registered();
    const [cli, web] = [await tokenOf(person, "cli"), await tokenOf(person, "web")];

    const newer = await tokenOf(person, "cli");

    expect(seen(await ask("GET /me", { bearer: cli }))).toEqual(BAD_BEARER);
    expect(await isLive(web)).toBe(true);
    expect((await listed(newer)).map(({ name }) => name)).toEqual(["cli", "web", "mobile"]);
  });

  it("leaves one token of a client type, however many log in at once", async () => {
    const { person } = await registered();

    const tokens = await Promise.all(Array.from({ length: 5 }, () => tokenOf(person, "cli")));

    const alive = await Promise.all(tokens.map(isLive));
    expect(alive.filter(Boolean)).toHaveLength(1);
  });

  it("counts every client that is not known as mobile", async () => {
    const { person } = await registered();

    for (const headers of [{}, { "x-pionne-client": "tv" }, { "x-pionne-client": "CLI" }]) {
      const { token } = (await logIn(person, { headers })).body;
      expect((await listed(token)).map(({ name }) => name)).toEqual(["mobile"]);
    }
  });

  it("leaves the sessions of other contracts alone", async () => {
    const { person } = await registered();
    const { accessToken } = await signedInElsewhere(service, person);

    const token = await tokenOf(person, "mobile");

    expect(await isLive(accessToken)).toBe(true);
    expect((await listed(token)).map(({ name }) => name)).toEqual(["mobile", "planasonix"]);
  });

  it("leaves the tokens of other accounts alone", async () => {
    const { token } = await registered();

    await registered();

    expect(await isLive(token)).toBe(true);
  });

  it("makes tokens that never expire", async () => {
    stopClock();
    const { token } = await registered();

    passSeconds(20 * 365 * DAY_SECONDS);

    expect(await isLive(token)).toBe(true);
  });

  it("takes only a step of two where TOTP is on, and revokes nothing", async () => {
    const { person, token } = await withTotp();

    expect(seen(await logIn(person))).toEqual(ok({ requires_totp: true, totp_token: TOTP_TOKEN }));
    expect(await isLive(token)).toBe(true);
    expect(await listed(token)).toHaveLength(1);
  });

  it("answers a wrong password alike where TOTP is on", async () => {
    const { person } = await withTotp();

    expect(seen(await logIn({ ...person, password: "not the right one" }))).toEqual(WRONG);
  });
});

describe("POST /api/auth/login/totp", () => {
  it("signs in with a code of the app, in place of the older token of the type", async () => {
    const { person, token, app } = await withTotp();
    const totp_token = await totpToken(person, client("mobile"));

    const answer = await secondStep({ totp_token, code: app.nextCode() }, client("web"));

    expect(seen(answer)).toEqual(
      ok({
        user: { id: "<account id>", email: person.email, name: "Robin Example" },
        token: numbered(2),
      }),
    );
    expect(await isLive(token)).toBe(false);
    expect((await listed(answer.body.token)).map(({ name }) => name)).toEqual(["mobile"]);
  });

  it("takes a token once", async () => {
    const { person, app } = await withTotp();
    const totp_token = await totpToken(person);
    const { body } = await secondStep({ totp_token, code: app.nextCode() });

    expect(seen(await secondStep({ totp_token, code: app.nextCode() }))).toEqual(STALE);
    expect(await isLive(body.token)).toBe(true);
  });

  it("ends nothing with a token that was used already", async () => {
    const { person, app } = await withTotp();
    const used = await totpToken(person);
    await secondStep({ totp_token: used, code: app.nextCode() });
    const code = app.nextCode();
    const { body } = await secondStep({ totp_token: await totpToken(person), code });

    const replayed = await secondStep({ totp_token: used, recovery_code: "nonsense" });

    expect(seen(replayed)).toEqual(STALE);
    expect(await isLive(body.token)).toBe(true);
  });

  it("opens one session, however many send the same token and code at once", async () => {
    const { person, app } = await withTotp();
    const totp_token = await totpToken(person);
    const code = app.nextCode();

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => secondStep({ totp_token, code })),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("takes a token for five minutes", async () => {
    const { person, app } = await withTotp();
    const [late, early] = [await totpToken(person), await totpToken(person)];

    passSeconds(299);
    expect((await secondStep({ totp_token: early, code: app.code() })).status).toBe(200);
    passSeconds(1);
    expect(seen(await secondStep({ totp_token: late, code: app.nextCode() }))).toEqual(STALE);
  });

  it("takes five tries of a token, the right one among them", async () => {
    const { person, app } = await withTotp();
    const totp_token = await totpToken(person);
    for (let failure = 0; failure < 5; failure++) {
      const code = wrongCode(app);
      expect(seen(await secondStep({ totp_token, code }))).toEqual(WRONG_CODE);
    }

    expect(seen(await secondStep({ totp_token, code: app.nextCode() }))).toEqual(STALE);
    const another = await totpToken(person);
    expect((await secondStep({ totp_token: another, code: app.code() })).status).toBe(200);
  });

  it("takes a code of one step before and after, and no other", async () => {
    const { person, app } = await withTotp();
    passSeconds(300);
    const tooEarly = app.code();
    passSeconds(60);
    const [before, totp_token] = [app.code(), await totpToken(person)];
    passSeconds(30);

    expect(seen(await secondStep({ totp_token, code: tooEarly }))).toEqual(WRONG_CODE);
    expect((await secondStep({ totp_token, code: before })).status).toBe(200);
  });

  it("never takes a time step twice", async () => {
    const { person, app } = await withTotp();
    const confirmed = app.code();
    const first = await totpToken(person);
    expect(seen(await secondStep({ totp_token: first, code: confirmed }))).toEqual(WRONG_CODE);
    const code = app.nextCode();
    await secondStep({ totp_token: first, code });

    const second = await totpToken(person);

    expect(seen(await secondStep({ totp_token: second, code }))).toEqual(WRONG_CODE);
  });

  it("takes a recovery code once", async () => {
    const { person, recoveryCodes } = await withTotp();
    const [recovery_code = ""] = recoveryCodes;
    const first = await totpToken(person);
    expect((await secondStep({ totp_token: first, recovery_code })).status).toBe(200);

    const totp_token = await totpToken(person);

    expect(seen(await secondStep({ totp_token, recovery_code }))).toEqual(WRONG_CODE);
    const [, another] = recoveryCodes;
    expect((await secondStep({ totp_token, recovery_code: another })).status).toBe(200);
  });

  it("refuses a token that was not issued here", async () => {
    const { token } = await registered();

    for (const totp_token of ["pionne_totp_x", "x", token]) {
      expect(seen(await secondStep({ totp_token, code: "123456" }))).toEqual(STALE);
    }
  });

  it("names every field that is missing, and spends no try on that", async () => {
    const { person, app } = await withTotp();
    const totp_token = await totpToken(person);

    expect(seen(await secondStep({}))).toEqual(
      invalid({ totp_token: ["The totp token is required."] }),
    );
    for (let time = 0; time < 6; time++) {
      expect(seen(await secondStep({ totp_token }))).toEqual(
        invalid({ code: ["The code is required."] }),
      );
    }
    expect((await secondStep({ totp_token, code: app.nextCode() })).status).toBe(200);
  });

  it("makes who gave ten wrong codes wait", async () => {
    const { person, app } = await withTotp();
    for (let failure = 0; failure < 10; failure++) {
      const totp_token = await totpToken(person);
      await secondStep({ totp_token, code: wrongCode(app) });
    }

    const totp_token = await totpToken(person);

    expect(seen(await secondStep({ totp_token, code: wrongCode(app) }))).toEqual(tooMany(1));
  });
});

describe("POST /api/auth/logout", () => {
  it("ends the token", async () => {
    const { token } = await registered();

    expect(seen(await ask("POST /logout", { bearer: token }))).toEqual(NO_CONTENT);
    expect(await isLive(token)).toBe(false);
  });

  it("refuses who has no living token", async () => {
    const { token } = await registered();
    await ask("POST /logout", { bearer: token });

    expect(seen(await ask("POST /logout"))).toEqual(NO_BEARER);
    expect(seen(await ask("POST /logout", { bearer: token }))).toEqual(BAD_BEARER);
  });
});

describe("GET /api/auth/me", () => {
  it("shows the account and its trial, and that it has expired at its end", async () => {
    stopClock();
    const { token, person } = await registered();
    const trial_ends_at = new Date(Date.now() + 30 * DAY_SECONDS * 1000).toISOString();
    const shown = (status: string) =>
      ok({
        id: "<account id>",
        email: person.email,
        name: "Robin Example",
        subscription: { status, trial_ends_at, plan: "monthly" },
      });

    passSeconds(30 * DAY_SECONDS - 1);
    expect(seen(await ask("GET /me", { bearer: token }))).toEqual(shown("trialing"));
    passSeconds(1);
    expect(seen(await ask("GET /me", { bearer: token }))).toEqual(shown("expired"));
  });

  it("shows an account without a name or a trial in the same form", async () => {
    const { token, person } = await registered();
    await env.DB.prepare("UPDATE accounts SET name = NULL, trial_ends_at = NULL WHERE email = ?")
      .bind(person.email)
      .run();

    expect((await ask("GET /me", { bearer: token })).body).toEqual({
      id: expect.stringMatching(/^usr_[0-9a-f]{32}$/),
      email: person.email,
      name: "",
      subscription: { status: "expired", trial_ends_at: null, plan: "monthly" },
    });
  });

  it.each([
    ["of another number", (token: string) => `2${token.slice(1)}`],
    ["without its secret", () => "1"],
    ["with another secret", () => `1|${"x".repeat(90)}`],
    ["with something behind it", (token: string) => `${token}|x`],
  ])("refuses a token %s", async (_, tamper) => {
    const { token } = await registered();

    expect(seen(await ask("GET /me", { bearer: tamper(token) }))).toEqual(BAD_BEARER);
  });

  it("takes a token of any contract, as every contract takes one of this", async () => {
    const { person, token } = await registered();
    const { accessToken } = await signedInElsewhere(service, person);

    expect((await ask("GET /me", { bearer: accessToken })).status).toBe(200);
    const { status } = await service.ask("/api/users/me", { method: "GET", bearer: token });
    expect(status).toBe(200);
  });
});

describe("GET /api/auth/tokens", () => {
  it("lists the living tokens, the newest first, and marks the current", async () => {
    stopClock();
    const { person } = await registered();
    const web = await tokenOf(person, "web");
    await tokenOf(person, "cli");
    const times = { created_at: TIME, last_used_at: TIME };

    expect(seen(await ask("GET /tokens", { bearer: web }))).toEqual(
      ok({
        tokens: [
          { id: 3, name: "cli", ...times, is_current: false },
          { id: 2, name: "web", ...times, is_current: true },
          { id: 1, name: "mobile", ...times, is_current: false },
        ],
      }),
    );
  });

  it("tells when a token was used last, to a few minutes", async () => {
    stopClock();
    const { token } = await registered();
    const created_at = new Date().toISOString();
    passSeconds(3600);
    await ask("GET /me", { bearer: token });

    expect(await listed(token)).toMatchObject([
      { created_at, last_used_at: new Date().toISOString() },
    ]);
  });

  it("names a device's session after its client", async () => {
    const { person } = await registered();
    await tokenOfDevice(person);

    expect((await listed(await tokenOf(person))).map(({ name }) => name)).toEqual([
      "mobile",
      CLI,
      "planasonix",
    ]);
  });
});

describe("DELETE /api/auth/tokens/:id", () => {
  it("ends another token of the account", async () => {
    const { person, token } = await registered();
    const web = await tokenOf(person, "web");

    expect(seen(await ask("DELETE /tokens/1", { bearer: web }))).toEqual(NO_CONTENT);
    expect(await isLive(token)).toBe(false);
    expect(await isLive(web)).toBe(true);
  });

  it("refuses the current one", async () => {
    const { token } = await registered();

    expect(seen(await ask("DELETE /tokens/1", { bearer: token }))).toEqual(
      coded(422, "cannot_revoke_current", "This is the token you are using. Log out instead."),
    );
    expect(await isLive(token)).toBe(true);
  });

  it("knows only living tokens of the same account, by whole numbers", async () => {
    const { person: other } = await registered();
    const foreign = await tokenOf(other, "cli");
    const { person } = await registered();
    const token = await tokenOf(person);

    for (const id of ["1", "3", "0", "-1", "1.0", "1e0", "0x1", "x", "9".repeat(40), "%20"]) {
      expect(seen(await ask(`DELETE /tokens/${id}`, { bearer: token }))).toEqual(NO_SUCH_TOKEN);
    }
    expect(await isLive(foreign)).toBe(true);
  });
});

describe("DELETE /api/auth/tokens", () => {
  it("ends all but the current, those of other contracts too", async () => {
    const { person, token } = await registered();
    const web = await tokenOf(person, "web");
    const { accessToken } = await signedInElsewhere(service, person);

    expect(seen(await ask("DELETE /tokens", { bearer: web }))).toEqual(ok({ revoked_count: 2 }));
    expect(await isLive(token)).toBe(false);
    expect(await isLive(accessToken)).toBe(false);
    expect(await isLive(web)).toBe(true);
    expect(seen(await ask("DELETE /tokens", { bearer: web }))).toEqual(ok({ revoked_count: 0 }));
  });
});

describe("POST /api/auth/totp/enable", () => {
  it("hands out a secret that is pending", async () => {
    const { person, token } = await registered();

    const answer = await ask<{ secret: string }>("POST /totp/enable", {
      bearer: token,
      body: { password: person.password },
    });

    const { secret } = answer.body;
    const account = encodeURIComponent(person.email);
    const query = `secret=${secret}&issuer=Latchkey&algorithm=SHA1&digits=6&period=30`;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(seen(answer)).toEqual(
      ok({ secret, otpauth_url: `otpauth://totp/Latchkey:${account}?${query}` }),
    );
    expect((await logIn(person)).body).toHaveProperty("token");
  });

  it("SES-06: asks for the password", async () => {
    const { token } = await registered();
    const enable = (body: object) => ask("POST /totp/enable", { bearer: token, body });

    expect(seen(await enable({ password: "not the right one" }))).toEqual(WRONG);
    expect(seen(await enable({}))).toEqual(invalid({ password: ["The password is required."] }));
  });

  it("refuses where one is on", async () => {
    const { person, token } = await withTotp();
    const body = { password: person.password };

    expect(seen(await ask("POST /totp/enable", { bearer: token, body }))).toEqual(
      coded(409, "totp_already_enabled", "Two-factor authentication is on already."),
    );
  });
});

describe("POST /api/auth/totp/confirm", () => {
  it("turns it on and shows eight recovery codes", async () => {
    stopClock();
    const { person, token } = await registered();
    const { body } = await ask<{ secret: string }>("POST /totp/enable", {
      bearer: token,
      body: { password: person.password },
    });
    const code = new Authenticator(body.secret).code();

    const answer = await ask<{ recovery_codes: string[] }>("POST /totp/confirm", {
      bearer: token,
      body: { code },
    });

    const { recovery_codes } = answer.body;
    expect(seen(answer)).toEqual(
      ok({ recovery_codes: Array(8).fill(expect.stringMatching(/^[a-z0-9]{5}-[a-z0-9]{5}$/)) }),
    );
    expect(new Set(recovery_codes).size).toBe(8);
    expect((await logIn(person)).body).toHaveProperty("requires_totp", true);
  });

  it("refuses a wrong code, and any where nothing is pending", async () => {
    const { token, app } = await withTotp();
    const confirm = (bearer: string, code: string) =>
      ask("POST /totp/confirm", { bearer, body: { code } });

    expect(seen(await confirm(token, app.nextCode()))).toEqual(WRONG_CODE);
    const { token: another, person } = await registered();
    expect(seen(await confirm(another, "123456"))).toEqual(WRONG_CODE);
    await ask("POST /totp/enable", { bearer: another, body: { password: person.password } });
    expect(seen(await confirm(another, "12345"))).toEqual(WRONG_CODE);
    expect(seen(await ask("POST /totp/confirm", { bearer: another, body: {} }))).toEqual(
      invalid({ code: ["The code is required."] }),
    );
    expect((await logIn(person)).body).toHaveProperty("token");
  });
});

describe("POST /api/auth/totp/disable", () => {
  it.each(["code", "recovery_code"])("turns it off for the password and a %s", async (kind) => {
    const { person, token, app, recoveryCodes } = await withTotp();
    const { password } = person;
    const proof = kind === "code" ? { code: app.nextCode() } : { recovery_code: recoveryCodes[0] };

    expect(
      seen(await ask("POST /totp/disable", { bearer: token, body: { password, ...proof } })),
    ).toEqual(NO_CONTENT);
    expect((await logIn(person)).body).toHaveProperty("token");
  });

  it("SES-06: asks for both", async () => {
    const { person, token, app } = await withTotp();
    const { password } = person;
    const disable = (body: object) => ask("POST /totp/disable", { bearer: token, body });

    expect(seen(await disable({ password: "not the right one", code: app.nextCode() }))).toEqual(
      WRONG,
    );
    expect(seen(await disable({ password, code: wrongCode(app) }))).toEqual(WRONG_CODE);
    expect(seen(await disable({ password }))).toEqual(invalid({ code: ["The code is required."] }));
    expect((await logIn(person)).body).toHaveProperty("requires_totp", true);
  });
});

describe("POST /api/auth/totp/recovery-codes", () => {
  it("replaces the codes for a code of the app: the old ones die", async () => {
    const { person, token, app, recoveryCodes } = await withTotp();

    const answer = await ask<{ recovery_codes: string[] }>("POST /totp/recovery-codes", {
      bearer: token,
      body: { code: app.nextCode() },
    });

    expect(seen(answer)).toEqual(
      ok({ recovery_codes: Array(8).fill(expect.stringMatching(/^[a-z0-9]{5}-[a-z0-9]{5}$/)) }),
    );
    const totp_token = await totpToken(person);
    const enter = (recovery_code?: string) => secondStep({ totp_token, recovery_code });
    expect(seen(await enter(recoveryCodes[0]))).toEqual(WRONG_CODE);
    expect((await enter(answer.body.recovery_codes[0])).status).toBe(200);
  });

  it("takes no wrong code and no recovery code", async () => {
    const { token, app, recoveryCodes } = await withTotp();
    const replace = (body: object) => ask("POST /totp/recovery-codes", { bearer: token, body });

    expect(seen(await replace({ code: wrongCode(app) }))).toEqual(WRONG_CODE);
    expect(seen(await replace({ code: recoveryCodes[0] }))).toEqual(WRONG_CODE);
    expect(seen(await replace({ recovery_code: recoveryCodes[0] }))).toEqual(
      invalid({ code: ["The code is required."] }),
    );
  });
});

describe("a row that needs a token", () => {
  const ROWS = [
    "GET /me",
    "GET /tokens",
    "DELETE /tokens/1",
    "DELETE /tokens",
    "POST /totp/enable",
    "POST /totp/confirm",
    "POST /totp/disable",
    "POST /totp/recovery-codes",
  ];

  it.each(ROWS)("refuses who sends none, or a bad one: %s", async (endpoint) => {
    expect(seen(await ask(endpoint))).toEqual(NO_BEARER);
    expect(seen(await ask(endpoint, { bearer: "1|x" }))).toEqual(BAD_BEARER);
    expect(seen(await ask(endpoint, { headers: { authorization: "Basic x" } }))).toEqual(
      BAD_BEARER,
    );
  });

  it.each(ROWS.slice(1))("refuses a device: %s", async (endpoint) => {
    const { person } = await registered();
    const bearer = await tokenOfDevice(person);

    expect(seen(await ask(endpoint, { bearer }))).toEqual(
      coded(403, "insufficient_scope", "This token may not do that.", {
        "www-authenticate": 'Bearer error="insufficient_scope"',
      }),
    );
  });

  it("lets who must change their password look at the account only", async () => {
    const { person, token: bearer } = await registered();
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();

    expect((await ask("GET /me", { bearer })).status).toBe(200);
    expect(seen(await ask("GET /tokens", { bearer }))).toEqual(
      coded(403, "password_change_required", "Change your password first."),
    );
  });
});

describe("what no row is for", () => {
  it("is refused in this contract's words", async () => {
    expect(seen(await ask("GET /nothing"))).toEqual(
      coded(404, "not_found", "There is nothing here."),
    );
    expect(seen(await ask("GET /login"))).toEqual(
      coded(405, "method_not_allowed", "This path does not take that method.", { allow: "POST" }),
    );
    expect(
      seen(await ask("POST /login", { body: "a=b", headers: { "content-type": "text/plain" } })),
    ).toEqual(
      coded(415, "unsupported_media_type", "Send JSON with Content-Type: application/json."),
    );
    expect(seen(await ask("POST /login", { body: { email: "x".repeat(70_000) } }))).toEqual(
      coded(413, "body_too_large", "The request body is too large."),
    );
  });
});
