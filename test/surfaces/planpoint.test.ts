import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts, auditEvents } from "../../src/storage/d1/schema.ts";
import { Authenticator } from "../support/authenticator.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { logLines } from "../support/log-lines.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { type Answer, type Asked, startService, type TestService } from "../support/service.ts";

interface LoginBody {
  message: string;
  access_token: string;
  _id: string;
}

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };
const ORIGIN = { origin: "http://localhost:8787" };
const FOREIGN = { origin: "https://elsewhere.example" };

const ACCESS_COOKIE =
  "planpoint=<access token>; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax";
const ZAPIER_COOKIE = ACCESS_COOKIE.replace("86400", String(90 * DAY_SECONDS));
const REFRESH_COOKIE =
  "planpointRefresh=<refresh token>; Max-Age=604800; Path=/api/users; HttpOnly; Secure; SameSite=Strict";
const CLEARED = [
  "planpoint=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
  "planpointRefresh=; Max-Age=0; Path=/api/users; HttpOnly; Secure; SameSite=Strict",
];

const ok = (body: unknown, cookies: string[] = []) => ({
  status: 200,
  headers: JSON_ANSWER,
  cookies,
  body,
});
const refused = (status: number, message: string, headers = {}) => ({
  status,
  headers: { ...JSON_ANSWER, ...headers },
  cookies: [],
  body: { message },
});

const WRONG = refused(401, "The username or the password is wrong");
const NO_TOKEN = refused(401, "Log in first", { "www-authenticate": "Bearer" });
const BAD_TOKEN = refused(401, "The access token is not valid. Log in again", {
  "www-authenticate": 'Bearer error="invalid_token"',
});
const OTHERS_ONLY = refused(403, "This token may not do that", {
  "www-authenticate": 'Bearer error="insufficient_scope"',
});
const CROSS_SITE = refused(403, "A cookie may be used from its own origin only");
const ENDED = refused(401, "The session has ended. Log in again");
const IN_QUERY = refused(400, "query must not carry credentials: send them in the JSON body");

let service: TestService;
const db = openDatabase(env.DB);
beforeEach(() => {
  service = startService();
});

/** An answer to be compared whole, its cookies one by one. */
function shown(answer: Answer<unknown>) {
  const { status, headers, body } = seen(answer);
  const { "set-cookie": _, ...others } = headers;
  const cookies = answer.headers
    .getSetCookie()
    .map((cookie) =>
      cookie
        .replace(/^planpoint=eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{86};/, "planpoint=<access token>;")
        .replace(/^planpointRefresh=plpt_rt_[\w-]{70};/, "planpointRefresh=<refresh token>;"),
    );
  return { status, headers: others, cookies, body };
}

/** Asks for an endpoint such as `POST /login`, which begins below the base. */
function ask<Body = unknown>(endpoint: string, asked: Asked = {}) {
  const [method = "", path = ""] = endpoint.split(" ");
  return service.ask<Body>(`/api/users${path}`, { method, ...asked });
}

const logIn = ({ email, password }: Person, more: object = {}) =>
  ask<LoginBody>("POST /login", { body: { username: email, password, ...more } });

/** What a browser keeps of an answer, as it sends it back. */
function cookiesFrom({ headers }: Answer<unknown>) {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return { cookie: pairs.join("; ") };
}

const cookieValue = (answer: Answer<unknown>, name: string) =>
  cookiesFrom(answer)
    .cookie.split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

async function loggedIn(person?: Person) {
  const known = person ?? (await registered(service));
  const answer = await logIn(known);
  return { person: known, bearer: answer.body.access_token, headers: cookiesFrom(answer), answer };
}

/** Changes an account as an operator would. */
async function alter({ email }: Person, change: Partial<typeof accounts.$inferInsert>) {
  await db.update(accounts).set(change).where(eq(accounts.email, email));
}

async function administrator(role: "admin" | "superadmin" = "admin") {
  const person = await registered(service, somebody("Ada Admin"));
  await alter(person, { role });
  return loggedIn(person);
}

/** Changes a password in another session: the one that impersonated stays. */
async function changedPassword(person: Person) {
  const { accessToken: bearer } = await signedIn(service, person);
  const body = { current_password: person.password, new_password: "quiet-heron-marsh" };
  await service.ask("/api/user/password", { bearer, body });
}

const impersonate = (username: string, asked: Asked = {}) =>
  ask<LoginBody>("POST /login", { body: { username, impersonate: true }, ...asked });

/** Turns a second factor on, on a stopped clock. */
async function withTotp(person: Person) {
  stopClock();
  const { accessToken: bearer } = await signedIn(service, person);
  const { password } = person;
  const { body } = await service.ask<{ secret: string }>("/api/auth/totp/enable", {
    bearer,
    body: { password },
  });
  const app = new Authenticator(body.secret);
  const confirmed = await service.ask<{ recovery_codes: [string] }>("/api/auth/totp/confirm", {
    bearer,
    body: { code: app.code() },
  });
  return { app, recoveryCode: confirmed.body.recovery_codes[0] };
}

/** The whole user object of an account that has said nothing but its name. */
const userOf = ({ email }: Person) => ({
  _id: expect.stringMatching(/^[0-9a-f]{24}$/),
  role: "user",
  username: email,
  name: "Robin",
  lastName: "Example",
  fullName: "Robin Example",
  phone: "",
  companyName: "",
  projectNameURL: "",
  country: "",
  address1: "",
  address2: "",
  city: "",
  region: "",
  zip: "",
  stripeAccountId: "",
  stripeOnboardingDone: false,
  stripeDetailsSubmitted: false,
  experimentalFeatures: false,
  appliedTrial: false,
  stripeCustomer: {},
  subscription: {},
  projects: [],
  groups: [],
  administrators: [],
  editors: [],
  invites: [],
  preferences: { hideBrandingIcon: false, hideLoadingLogo: false },
});

const loginOf = (person: Person) => ({
  message: "Login successful",
  access_token: "<access token>",
  ...userOf(person),
  token: "<access token>",
});

describe("POST /api/users/login", () => {
  it("answers a right password with the user, the token and both cookies", async () => {
    const person = await registered(service);

    const answer = await logIn(person);

    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE, REFRESH_COOKIE]));
    expect(answer.body).toMatchObject({ token: answer.body.access_token });
    expect(cookieValue(answer, "planpoint")).toBe(answer.body.access_token);
  });

  it("shows one account under the same id every time, made of its UUID", async () => {
    const { person, bearer, answer } = await loggedIn();
    const { sub = "" } = decodeJwt(bearer);
    const digits = sub.replaceAll("-", "");

    expect(answer.body._id).toBe(digits.slice(0, 12) + digits.slice(20));
    expect((await loggedIn(person)).answer.body._id).toBe(answer.body._id);
  });

  it("issues access tokens for a day, and refresh tokens for seven", async () => {
    stopClock();
    const { bearer, headers } = await loggedIn();
    const { exp = 0, iat = 0 } = decodeJwt(bearer);

    expect(exp - iat).toBe(DAY_SECONDS);
    passSeconds(DAY_SECONDS);
    expect(shown(await ask("GET /me", { bearer }))).toEqual(BAD_TOKEN);
    passSeconds(6 * DAY_SECONDS);
    expect(shown(await ask("POST /refresh", { headers: { ...headers, ...ORIGIN } }))).toEqual(
      ENDED,
    );
  });

  it.each([
    [{}, "username is required"],
    [{ username: "robin", password: "x" }, "username must be an e-mail address"],
    [{ username: 1, password: "x" }, "username must be a text"],
    [{ username: "a@example.test" }, "password is required"],
    [{ username: "a@example.test", password: "" }, "password must not be empty"],
    [{ username: "a@example.test", password: "x", code: 1 }, "code must be a text"],
    [[], "body must be an object"],
    ['{"username":', "body must be JSON in UTF-8"],
  ])("says what is wrong with the body %j: %s", async (body, message) => {
    expect(shown(await ask("POST /login", { body }))).toEqual(refused(400, message));
  });

  it("answers a wrong password, an unknown address and a disabled account alike", async () => {
    const [person, disabled] = [await registered(service), await registered(service)];
    await disableAccount(disabled.email);

    expect(shown(await logIn({ ...person, password: "not the right one" }))).toEqual(WRONG);
    expect(shown(await logIn(somebody()))).toEqual(WRONG);
    expect(shown(await logIn(disabled))).toEqual(WRONG);
  });

  it.each(["GET", "PUT", "DELETE", "PATCH"])("takes no %s", async (method) => {
    expect(shown(await ask(`${method} /login`))).toEqual(
      refused(405, "This path does not take that method", { allow: "POST" }),
    );
  });

  it("makes who failed ten times wait", async () => {
    stopClock();
    const person = await registered(service);
    for (let failure = 0; failure < 10; failure++) {
      await logIn({ ...person, password: "not the right one" });
    }

    expect(shown(await logIn(person))).toEqual(
      refused(429, "Too many attempts. Try again later", { "retry-after": "1" }),
    );
  });

  it("takes any body field that says more for one it does not know", async () => {
    const person = await registered(service);

    const answer = await logIn(person, { zapier: true, role: "admin", impersonate: "true" });

    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE, REFRESH_COOKIE]));
  });

  it("asks for a second factor where there is one, once the password is right", async () => {
    const person = await registered(service);
    const { app } = await withTotp(person);

    expect(shown(await logIn(person))).toEqual(refused(401, "Two-factor code required"));
    expect(shown(await logIn({ ...person, password: "not the right one" }))).toEqual(WRONG);
    const code = app.nextCode();
    expect(shown(await logIn(person, { code }))).toEqual(
      ok(loginOf(person), [ACCESS_COOKIE, REFRESH_COOKIE]),
    );
    expect(shown(await logIn(person, { code }))).toEqual(
      refused(401, "The two-factor code is wrong or was used already"),
    );
  });

  it("takes a recovery code in its place, once", async () => {
    const person = await registered(service);
    const { recoveryCode } = await withTotp(person);

    expect((await logIn(person, { recoveryCode })).status).toBe(200);
    expect(shown(await logIn(person, { recoveryCode }))).toEqual(
      refused(401, "The two-factor code is wrong or was used already"),
    );
  });

  it.each([
    "username",
    "password",
    "code",
    "recoveryCode",
    "token",
    "access_token",
    "refresh_token",
  ])("refuses %s in the query string, whatever the body says", async (name) => {
    const person = await registered(service);
    const body = { username: person.email, password: person.password };

    for (const sent of [body, {}, undefined]) {
      const asked = sent ? { body: sent } : {};
      expect(shown(await ask(`POST /login?${name}=x`, asked))).toEqual(IN_QUERY);
    }
    expect((await ask("POST /login?utm_source=x", { body })).status).toBe(200);
  });
});

describe("credentials in the query string", () => {
  it("leave nothing in the log", async () => {
    const log = logLines();

    await ask("POST /login?username=robin%40example.test&password=gentle-otter-lake");
    await ask("GET /me?access_token=gentle-otter-lake");

    expect(log.parsed()).toHaveLength(2);
    expect(log.text()).not.toMatch(/robin|otter/);
  });
});

describe("POST /api/users/login for a Zapier account", () => {
  async function zapier() {
    const person = await registered(service);
    await alter(person, { zapier: true });
    return person;
  }

  it("gives a cookie of 90 days, and none to refresh it", async () => {
    const person = await zapier();

    expect(shown(await logIn(person))).toEqual(ok(loginOf(person), [ZAPIER_COOKIE]));
  });

  it("issues tokens that are good for just that long", async () => {
    stopClock();
    const { bearer } = await loggedIn(await zapier());
    const { exp = 0, iat = 0 } = decodeJwt(bearer);

    expect(exp - iat).toBe(90 * DAY_SECONDS);
    passSeconds(90 * DAY_SECONDS - 1);
    expect((await ask("GET /me", { bearer })).status).toBe(200);
    passSeconds(1);
    expect(shown(await ask("GET /me", { bearer }))).toEqual(BAD_TOKEN);
  });
});

describe("POST /api/users/login, impersonating", () => {
  it("signs an administrator in as the user, without a refresh cookie", async () => {
    const { bearer } = await administrator();
    const person = await registered(service);

    const answer = await impersonate(person.email, { bearer });

    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE]));
    expect(shown(await ask("GET /me", { bearer: answer.body.access_token }))).toEqual(
      ok(userOf(person)),
    );
  });

  it("names the administrator in the token and in the audit log", async () => {
    stopClock();
    const { bearer } = await administrator();
    const { sub: adminId } = decodeJwt(bearer);
    const person = await registered(service);

    const { body } = await impersonate(person.email, { bearer, address: "198.18.7.8" });

    const { sub = "", sid, act } = decodeJwt(body.access_token);
    expect(act).toEqual({ sub: adminId });
    const told = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.id, `${sid}`));
    expect(told).toEqual([
      {
        id: sid,
        tenantId: DEFAULT_TENANT_ID,
        event: "impersonation",
        actorId: adminId,
        accountId: sub,
        clientId: null,
        sessionId: sid,
        subject: null,
        address: "198.18.7.8",
        city: null,
        country: null,
        userAgent: null,
        at: new Date(),
      },
    ]);
  });

  it("SES-07: takes the administrator's cookie from its own origin only", async () => {
    const { headers } = await administrator();
    const { email } = await registered(service);

    const from = (where: Record<string, string>) =>
      impersonate(email, { headers: { ...headers, ...where } });

    expect(shown(await from({}))).toEqual(CROSS_SITE);
    expect(shown(await from(FOREIGN))).toEqual(CROSS_SITE);
    expect((await from(ORIGIN)).status).toBe(200);
  });

  it.each([
    ["is disabled", (admin: Person) => disableAccount(admin.email)],
    ["is no administrator any more", (admin: Person) => alter(admin, { role: "user" })],
    ["has to change the password", (admin: Person) => alter(admin, { mustResetPassword: true })],
    ["has a new password", changedPassword],
  ])("is over as soon as the administrator %s", async (_, happen) => {
    stopClock();
    const { bearer, person: admin } = await administrator();
    const { body } = await impersonate((await registered(service)).email, { bearer });
    const me = () => ask("GET /me", { bearer: body.access_token });
    expect((await me()).status).toBe(200);
    passSeconds(1);

    await happen(admin);

    expect(shown(await me())).toEqual(BAD_TOKEN);
  });

  it("is over as soon as the administrator signs out, or ends every other session", async () => {
    const { bearer, person: admin } = await administrator();
    const person = await registered(service);
    const first = await impersonate(person.email, { bearer });
    await ask("POST /logout", { bearer });
    expect(shown(await ask("GET /me", { bearer: first.body.access_token }))).toEqual(BAD_TOKEN);

    const { bearer: again } = await loggedIn(admin);
    const second = await impersonate(person.email, { bearer: again });
    const { bearer: elsewhere } = await loggedIn(admin);
    await service.ask("/api/auth/tokens", { method: "DELETE", bearer: elsewhere });

    expect(shown(await ask("GET /me", { bearer: second.body.access_token }))).toEqual(BAD_TOKEN);
    expect((await ask("GET /me", { bearer: elsewhere })).status).toBe(200);
  });

  it("is over as soon as the administrator ends one other session", async () => {
    stopClock();
    const { bearer, person: admin } = await administrator();
    const person = await registered(service);
    const { body } = await impersonate(person.email, { bearer });
    const { bearer: elsewhere } = await loggedIn(admin);
    passSeconds(1);

    // Numbered as they were opened.
    const ended = await service.ask("/api/auth/tokens/1", { method: "DELETE", bearer: elsewhere });

    expect(ended.status).toBe(204);
    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
  });

  it("is over as soon as the user is no longer below the administrator", async () => {
    const { bearer } = await administrator();
    const person = await registered(service);
    const { body } = await impersonate(person.email, { bearer });

    await alter(person, { role: "superadmin" });

    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
  });

  it("refuses who is not signed in", async () => {
    const { email } = await registered(service);

    expect(shown(await impersonate(email))).toEqual(NO_TOKEN);
    expect(shown(await impersonate(email, { bearer: "x" }))).toEqual(BAD_TOKEN);
  });

  it("tells who is no administrator nothing about anybody", async () => {
    const { bearer } = await loggedIn();
    const { email } = await registered(service);

    for (const username of [email, somebody().email]) {
      expect(shown(await impersonate(username, { bearer }))).toEqual(
        refused(403, "Only an administrator may impersonate"),
      );
    }
  });

  it("knows no users that are unknown or disabled", async () => {
    const { bearer } = await administrator();
    const disabled = await registered(service);
    await disableAccount(disabled.email);

    for (const username of [disabled.email, somebody().email]) {
      expect(shown(await impersonate(username, { bearer }))).toEqual(
        refused(401, "There is no such user"),
      );
    }
  });

  it("reaches roles below one's own only, and never oneself", async () => {
    const { bearer, person } = await administrator();
    const { person: peer } = await administrator();
    const { person: above, bearer: superBearer } = await administrator("superadmin");

    for (const { email } of [person, peer, above]) {
      expect(shown(await impersonate(email, { bearer }))).toEqual(
        refused(403, "You may not impersonate this user"),
      );
    }
    expect((await impersonate(peer.email, { bearer: superBearer })).status).toBe(200);
    expect((await impersonate(above.email, { bearer: superBearer })).status).toBe(403);
  });

  it("lets nobody go on from there: not to others, nor to the password", async () => {
    const { bearer } = await administrator("superadmin");
    const { person: admin } = await administrator();
    const { email } = await registered(service);
    const acting = (await impersonate(admin.email, { bearer })).body.access_token;

    expect(shown(await impersonate(email, { bearer: acting }))).toEqual(OTHERS_ONLY);
    const changed = await service.ask("/api/v1/auth/me/password", {
      method: "PUT",
      bearer: acting,
      body: { current_password: admin.password, new_password: "quiet-heron-marsh" },
    });
    expect(changed.status).toBe(403);
    const enrolled = await service.ask("/api/auth/totp/enable", {
      bearer: acting,
      body: { password: admin.password },
    });
    expect(enrolled.status).toBe(403);
  });

  it("lasts a day at most, for a Zapier account too", async () => {
    stopClock();
    const { bearer } = await administrator();
    const person = await registered(service);
    await alter(person, { zapier: true });

    const answer = await impersonate(person.email, { bearer });

    const { exp = 0, iat = 0 } = decodeJwt(answer.body.access_token);
    expect(exp - iat).toBe(DAY_SECONDS);
    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE]));
    const [session] = await sessionsOf(person);
    expect(session).toMatchObject({ expires_at: Date.now() + DAY_SECONDS * 1000 });
    expect(session).toMatchObject({ ends_at: Date.now() + DAY_SECONDS * 1000 });
  });

  it("asks for no second factor of the user, and ends no session of theirs", async () => {
    const person = await registered(service);
    await withTotp(person);
    const { bearer } = await administrator();
    const before = await sessionsOf(person);

    expect((await impersonate(person.email, { bearer })).status).toBe(200);
    const after = await sessionsOf(person);
    expect(after.slice(1)).toEqual(before);
  });

  it("needs an e-mail address, in the body", async () => {
    const { bearer } = await administrator();

    expect(shown(await impersonate("robin", { bearer }))).toEqual(
      refused(400, "username must be an e-mail address"),
    );
    const body = { impersonate: true };
    expect(shown(await ask("POST /login?username=x", { bearer, body }))).toEqual(IN_QUERY);
  });
});

async function sessionsOf({ email }: Person) {
  const { results } = await env.DB.prepare(
    `SELECT sessions.* FROM sessions JOIN accounts ON accounts.id = sessions.account_id
     WHERE accounts.email = ? ORDER BY number DESC`,
  )
    .bind(email)
    .all();
  return results;
}

describe("POST /api/users/refresh", () => {
  const refresh = (headers: Record<string, string>) =>
    ask<{ access_token: string }>("POST /refresh", { headers });

  it("trades the refresh cookie for a new pair", async () => {
    const { headers, answer } = await loggedIn();

    const refreshed = await refresh({ ...headers, ...ORIGIN });

    expect(shown(refreshed)).toEqual(
      ok({ message: "Token refreshed", access_token: "<access token>" }, [
        ACCESS_COOKIE,
        REFRESH_COOKIE,
      ]),
    );
    expect(cookieValue(refreshed, "planpoint")).toBe(refreshed.body.access_token);
    expect(cookieValue(refreshed, "planpointRefresh")).not.toBe(
      cookieValue(answer, "planpointRefresh"),
    );
    const bearer = refreshed.body.access_token;
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });

  it("ends the session where an older token comes again", async () => {
    stopClock();
    const { headers } = await loggedIn();
    const first = await refresh({ ...headers, ...ORIGIN });
    const second = await refresh({ ...cookiesFrom(first), ...ORIGIN });
    passSeconds(11);

    expect(shown(await refresh({ ...headers, ...ORIGIN }))).toEqual(ENDED);
    expect(shown(await refresh({ ...cookiesFrom(second), ...ORIGIN }))).toEqual(ENDED);
    expect(shown(await ask("GET /me", { bearer: second.body.access_token }))).toEqual(BAD_TOKEN);
  });

  it("refuses a cookie that is missing or was not issued here", async () => {
    const { bearer } = await loggedIn();
    const { refreshToken } = await signedIn(service);

    for (const value of ["", "x", bearer, refreshToken, "x".repeat(5000)]) {
      const cookie = `planpointRefresh=${value}`;
      expect(shown(await refresh({ cookie, ...ORIGIN }))).toEqual(ENDED);
    }
    expect(shown(await refresh(ORIGIN))).toEqual(ENDED);
  });

  it.each([
    ["no word of where it comes from", {}, 403],
    ["a foreign Origin", FOREIGN, 403],
    ["its own Origin", ORIGIN, 200],
    ["Sec-Fetch-Site: same-origin", { "sec-fetch-site": "same-origin" }, 200],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }, 403],
    ["Sec-Fetch-Site: cross-site", { ...ORIGIN, "sec-fetch-site": "cross-site" }, 403],
  ])("SES-07: answers a request with %s", async (_, where, status) => {
    const { headers } = await loggedIn();

    const answer = await refresh({ ...headers, ...where });

    expect(answer.status).toBe(status);
    expect(shown(answer)).toEqual(status === 200 ? expect.anything() : CROSS_SITE);
  });

  it("reads no token from the query string", async () => {
    expect(shown(await ask("POST /refresh?refresh_token=x", { headers: ORIGIN }))).toEqual(
      IN_QUERY,
    );
  });
});

describe("POST /api/users/logout", () => {
  it("SES-07: is not asked for by another site, whatever header comes with its cookies", async () => {
    const { bearer, headers } = await loggedIn();

    for (const authorization of ["Basic eDp5", "Bearer"]) {
      const answer = await ask("POST /logout", {
        headers: { ...headers, ...FOREIGN, authorization },
      });
      expect(shown(answer)).toEqual(CROSS_SITE);
    }
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });

  const DONE = ok({ message: "Logout successful" }, CLEARED);

  it("ends the session of the cookie and clears both", async () => {
    const { bearer, headers } = await loggedIn();

    const asked = { headers: { ...headers, ...ORIGIN } };

    expect(shown(await ask("POST /logout", asked))).toEqual(DONE);
    expect(shown(await ask("GET /me", { bearer }))).toEqual(BAD_TOKEN);
    expect(shown(await ask("POST /refresh", asked))).toEqual(ENDED);
    expect(shown(await ask("POST /logout", asked))).toEqual(DONE);
  });

  it("ends the session of a Bearer token", async () => {
    const { bearer } = await loggedIn();

    expect(shown(await ask("POST /logout", { bearer }))).toEqual(DONE);
    expect(shown(await ask("GET /me", { bearer }))).toEqual(BAD_TOKEN);
  });

  it("ends the session by the refresh cookie where the other is gone", async () => {
    const { bearer, answer } = await loggedIn();
    const cookie = `planpointRefresh=${cookieValue(answer, "planpointRefresh")}`;

    expect(shown(await ask("POST /logout", { headers: { cookie, ...ORIGIN } }))).toEqual(DONE);
    expect(shown(await ask("GET /me", { bearer }))).toEqual(BAD_TOKEN);
  });

  it("answers who is signed out already alike", async () => {
    expect(shown(await ask("POST /logout"))).toEqual(DONE);
    expect(shown(await ask("POST /logout", { bearer: "x" }))).toEqual(DONE);
  });

  it("SES-07: signs nobody out for another site", async () => {
    const { bearer, headers } = await loggedIn();

    expect(shown(await ask("POST /logout", { headers: { ...headers, ...FOREIGN } }))).toEqual(
      CROSS_SITE,
    );
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });
});

describe("GET /api/users/me", () => {
  it("shows the user to a Bearer token and to the cookie, without a token", async () => {
    const { person, bearer, headers } = await loggedIn();

    expect(shown(await ask("GET /me", { bearer }))).toEqual(ok(userOf(person)));
    expect(shown(await ask("GET /me", { headers }))).toEqual(ok(userOf(person)));
  });

  it("shows empty texts for a name that nobody has said", async () => {
    const { person, bearer } = await loggedIn();
    await alter(person, { name: null, givenName: null, familyName: null });

    expect(shown(await ask("GET /me", { bearer }))).toEqual(
      ok({ ...userOf(person), name: "", lastName: "", fullName: "" }),
    );
  });

  it("refuses who brings nothing, or nothing good: a bad header is not made up for", async () => {
    const { headers } = await loggedIn();

    expect(shown(await ask("GET /me"))).toEqual(NO_TOKEN);
    expect(shown(await ask("GET /me", { headers: { cookie: "planpoint=x" } }))).toEqual(BAD_TOKEN);
    expect(shown(await ask("GET /me", { bearer: "x", headers }))).toEqual(BAD_TOKEN);
  });

  it("reads no token from the query string", async () => {
    const { bearer } = await loggedIn();

    expect(shown(await ask(`GET /me?access_token=${bearer}`))).toEqual(IN_QUERY);
    expect(shown(await ask("GET /me?access_token=x", { bearer }))).toEqual(IN_QUERY);
  });
});

describe("PUT /api/users/me", () => {
  const ABOUT = {
    name: "Robyn",
    lastName: "van Example",
    phone: "+43 1 234",
    companyName: "Example & Co",
    projectNameURL: "example-towers",
    country: "AT",
    address1: "Ring 1",
    address2: "Stiege 2",
    city: "Wien",
    region: "Wien",
    zip: "1010",
    invites: [{ firstName: "Kim", lastName: "Lee", email: "kim@example.test", level: "editor" }],
    preferences: { hideBrandingIcon: true, hideLoadingLogo: true },
  };

  it("stores what people say about themselves", async () => {
    const { person, bearer } = await loggedIn();
    const changed = { ...userOf(person), ...ABOUT, fullName: "Robyn van Example" };

    expect(shown(await ask("PUT /me", { bearer, body: ABOUT }))).toEqual(ok(changed));
    expect(shown(await ask("GET /me", { bearer }))).toEqual(ok(changed));
  });

  it("leaves what is not named as it is, and takes an empty text for none", async () => {
    const { person, bearer } = await loggedIn();
    await ask("PUT /me", { bearer, body: ABOUT });
    const body = { lastName: "Example", zip: "", preferences: { hideLoadingLogo: false } };

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(
      ok({
        ...userOf(person),
        ...ABOUT,
        ...body,
        fullName: "Robyn Example",
        preferences: { hideBrandingIcon: true, hideLoadingLogo: false },
      }),
    );
    expect(shown(await ask("PUT /me", { bearer, body: {} }))).toMatchObject({ status: 200 });
  });

  it("passes over what grants or bills something", async () => {
    const { person, bearer } = await loggedIn();
    const body = {
      _id: "0".repeat(24),
      role: "admin",
      username: "else@example.test",
      zapier: true,
      token: "x",
      stripeAccountId: "acct_1",
      stripeOnboardingDone: true,
      stripeDetailsSubmitted: true,
      experimentalFeatures: true,
      appliedTrial: true,
      stripeCustomer: { id: "cus_1" },
      subscription: { id: "sub_1" },
      projects: ["x"],
      groups: ["x"],
      administrators: ["x"],
      editors: ["x"],
    };

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(ok(userOf(person)));
    expect((await logIn(person)).body).toMatchObject({ role: "user" });
  });

  it.each([
    [{ name: 1 }, "name must be a text"],
    [{ phone: null }, "phone must be a text"],
    [{ city: "x".repeat(201) }, "city must have at most 200 characters"],
    [{ zip: "1\u0000" }, "zip must not contain control characters"],
    [{ region: "\ud83e" }, "region must be well-formed Unicode"],
    [{ invites: "kim@example.test" }, "invites must be a list of invites"],
    [{ invites: [{ email: "kim@example.test" }] }, "invites.0.firstName must be a text"],
    [{ preferences: [] }, "preferences must be an object"],
    [
      { preferences: { hideBrandingIcon: "yes" } },
      "preferences.hideBrandingIcon must be true or false",
    ],
    [[], "body must be an object"],
  ])("refuses %j: %s", async (body, message) => {
    const { bearer } = await loggedIn();

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(refused(400, message));
  });

  it("SES-07: takes the cookie from its own origin only", async () => {
    const { headers } = await loggedIn();
    const put = (where: Record<string, string>) =>
      ask("PUT /me", { body: { city: "Graz" }, headers: { ...headers, ...where } });

    expect(shown(await put({}))).toEqual(CROSS_SITE);
    expect(shown(await put(FOREIGN))).toEqual(CROSS_SITE);
    expect(await put(ORIGIN)).toMatchObject({ status: 200, body: { city: "Graz" } });
  });

  it("refuses who is not signed in", async () => {
    expect(shown(await ask("PUT /me", { body: {} }))).toEqual(NO_TOKEN);
  });
});

describe("what no row is for", () => {
  it("is refused in this contract's words", async () => {
    expect(shown(await ask("GET /nothing"))).toEqual(refused(404, "There is nothing here"));
    expect(
      shown(await ask("POST /login", { body: "a=b", headers: { "content-type": "text/plain" } })),
    ).toEqual(refused(415, "Send JSON with Content-Type: application/json"));
    expect(shown(await ask("POST /login", { body: { username: "x".repeat(70_000) } }))).toEqual(
      refused(413, "The request body is too large"),
    );
  });

  it("is what an account may not do before it changes its password", async () => {
    const { person, bearer } = await administrator();
    const { email } = await registered(service);
    await alter(person, { mustResetPassword: true });

    expect(shown(await impersonate(email, { bearer }))).toEqual(
      refused(403, "Change your password first"),
    );
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });
});
