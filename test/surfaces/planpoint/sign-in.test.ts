import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { alterAccount } from "../../support/alter-account.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { logLines } from "../../support/log-lines.ts";
import { registered, somebody } from "../../support/people.ts";
import {
  ACCESS_COOKIE,
  BAD_TOKEN,
  ENDED,
  IN_QUERY,
  loginOf,
  ok,
  REFRESH_COOKIE,
  refused,
  shown,
  WRONG,
  ZAPIER_COOKIE,
} from "./answers.ts";
import { cookieValue, ORIGIN, startPlanpoint } from "./planpoint.ts";

const { service, ask, logIn, loggedIn, withTotp } = startPlanpoint();

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
    const {
      recoveryCodes: [recoveryCode],
    } = await withTotp(person);

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
    await alterAccount(person, { zapier: true });
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
