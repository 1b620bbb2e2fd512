import { describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../../support/clock.ts";
import {
  A_TIME,
  AN_ID,
  BAD_TOKEN,
  invalid,
  NO_CONTENT,
  NOT_THIS_CREDENTIAL,
  PASSWORD,
  refusal,
  seen,
  success,
  TOO_COMMON,
  TOO_MANY_ATTEMPTS,
  tooMany,
  WRONG_PASSWORD,
} from "./answers.ts";
import {
  alter,
  BASES,
  changePassword,
  codeMember,
  type Launcher,
  logIn,
  mailedCode,
  ROBIN,
  serviceKey,
  superadmin,
  verifyCode,
  withSecondFactor,
} from "./launcher.ts";

describe("GET /api/v1/auth/me", () => {
  it.each(BASES)("shows under $base whose the token is", async ({ open }) => {
    const launcher = await open();
    const { token: bearer, email, userId: id } = await superadmin(launcher);

    expect(seen(await launcher.ask("GET /auth/me", { bearer }))).toEqual(
      success(200, {
        id,
        email,
        ...ROBIN,
        role: "superadmin",
        must_reset_password: false,
        two_factor_enabled: false,
        created_at: A_TIME,
        updated_at: A_TIME,
      }),
    );
  });

  it("tells of a second factor and of a password that has to be changed", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer, userId } = await codeMember(launcher);
    await withSecondFactor(launcher, userId);
    await alter(userId, { mustResetPassword: true });

    const { body } = await launcher.ask("GET /auth/me", { bearer });

    expect(body.data).toMatchObject({ must_reset_password: true, two_factor_enabled: true });
  });

  it("lets a Bearer token decide where a key is sent as well, and refuses a key alone", async () => {
    const launcher = await BASES[1].open();
    const { token } = await superadmin(launcher);
    const { key } = await serviceKey(launcher, token);
    const headers = { "x-lnchr-key": key };

    expect((await launcher.ask("GET /auth/me", { bearer: token, headers })).status).toBe(200);
    expect(seen(await launcher.ask("GET /auth/me", { bearer: "none", headers }))).toEqual(
      BAD_TOKEN,
    );
    expect(seen(await launcher.ask("GET /auth/me", { headers }))).toEqual(NOT_THIS_CREDENTIAL);
    expect(seen(await launcher.ask("GET /auth/me", { bearer: key }))).toEqual(NOT_THIS_CREDENTIAL);
    const another = { headers: { "x-lnchr-key": `${key.slice(0, -1)}!` } };
    expect(seen(await launcher.ask("GET /auth/me", another))).toEqual(BAD_TOKEN);
  });

  it("SES-04: ends with its token, a day after the sign-in", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const { token: bearer } = await superadmin(launcher);

    passSeconds(86_399);
    expect((await launcher.ask("GET /auth/me", { bearer })).status).toBe(200);
    passSeconds(1);
    expect(seen(await launcher.ask("GET /auth/me", { bearer }))).toEqual(BAD_TOKEN);
  });
});

describe("PUT /api/v1/auth/me", () => {
  it.each(BASES)("changes under $base the names that are sent", async ({ open }) => {
    const launcher = await open();
    const { token: bearer, email } = await codeMember(launcher);
    const put = async (body: object) => seen(await launcher.ask("PUT /auth/me", { bearer, body }));
    const user = (names: object) =>
      success(200, {
        id: AN_ID,
        email,
        ...names,
        role: "user",
        must_reset_password: false,
        two_factor_enabled: false,
        created_at: A_TIME,
        updated_at: A_TIME,
      });

    expect(await put({ ...ROBIN, role: "admin" })).toEqual(user(ROBIN));
    const renamed = user({ ...ROBIN, last_name: "Underhill" });
    expect(await put({ last_name: " Underhill " })).toEqual(renamed);
    expect(await put({})).toEqual(renamed);
  });

  it("names the field that is wrong", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer } = await codeMember(launcher);
    const body = { first_name: null, last_name: " " };

    expect(seen(await launcher.ask("PUT /auth/me", { bearer, body }))).toEqual(
      invalid("first_name must be a text; last_name must not be empty"),
    );
  });
});

describe("PUT /api/v1/auth/me/password", () => {
  it.each(BASES)("changes the password under $base and ends other sessions", async ({ open }) => {
    const launcher = await open();
    const { token: bearer, email, password, userId } = await superadmin(launcher);
    await alter(userId, { mustResetPassword: true });
    const { body } = await logIn(launcher, { email, password });

    const answer = await changePassword(launcher, bearer, {
      current_password: password,
      new_password: PASSWORD,
    });

    expect(seen(answer)).toEqual(NO_CONTENT);
    const other = await launcher.ask("GET /auth/me", { bearer: body.data.token });
    expect(seen(other)).toEqual(BAD_TOKEN);
    const own = await launcher.ask("GET /auth/me", { bearer });
    expect(own.body.data).toMatchObject({ must_reset_password: false });
    expect(seen(await logIn(launcher, { email, password }))).toEqual(WRONG_PASSWORD);
    expect((await logIn(launcher, { email, password: PASSWORD })).status).toBe(200);
    expect(launcher.service.orders.at(-1)).toMatchObject({ kind: "password-changed", email });
  });

  it("refuses a wrong current password, and a new one that is weak or the old one", async () => {
    const launcher = await BASES[1].open();
    const { token, password } = await superadmin(launcher);
    const change = async (current_password: unknown, new_password: unknown) =>
      seen(await changePassword(launcher, token, { current_password, new_password }));

    expect(await change("another otter", PASSWORD)).toEqual(WRONG_PASSWORD);
    expect(await change(password, "password")).toEqual(invalid(`new_password ${TOO_COMMON}`));
    expect(await change(password, password)).toEqual(
      invalid("new_password must be another one than before"),
    );
    expect(await change(password, 7)).toEqual(invalid("new_password must be a text"));
  });

  it("counts wrong guesses like those of a sign-in", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const { token, password } = await superadmin(launcher);
    const change = async (current_password: string) =>
      seen(await changePassword(launcher, token, { current_password, new_password: PASSWORD }));
    for (let guess = 0; guess < 10; guess++) {
      expect(await change("a guess")).toEqual(WRONG_PASSWORD);
    }

    expect(await change(password)).toEqual(tooMany(TOO_MANY_ATTEMPTS, 1));
  });
});

describe("POST /api/v1/auth/me/set-initial-password", () => {
  const setPassword = async ({ ask }: Launcher, bearer: string, body: object) =>
    seen(await ask("POST /auth/me/set-initial-password", { bearer, body }));

  it.each(BASES)("gives under $base an account its first password, once", async ({ open }) => {
    const launcher = await open();
    const { token, email } = await codeMember(launcher);
    const other = await verifyCode(launcher, { email, code: await mailedCode(launcher, email) });

    expect(await setPassword(launcher, token, { new_password: PASSWORD })).toEqual(NO_CONTENT);

    expect(await setPassword(launcher, token, { password: "another otter lake" })).toEqual(
      refusal(409, "CONFLICT", "The account has a password. Change it instead."),
    );
    expect((await logIn(launcher, { email, password: PASSWORD })).status).toBe(200);
    expect((await launcher.ask("GET /auth/me", { bearer: token })).status).toBe(200);
    const ended = await launcher.ask("GET /auth/me", { bearer: other.body.data.token });
    expect(seen(ended)).toEqual(BAD_TOKEN);
    expect(launcher.service.orders.at(-1)).toMatchObject({ kind: "password-changed", email });
  });

  it("takes the password under its other name too, but not a weak one or none", async () => {
    const launcher = await BASES[1].open();
    const { token } = await codeMember(launcher);

    expect(await setPassword(launcher, token, { new_password: "password" })).toEqual(
      invalid(`password ${TOO_COMMON}`),
    );
    expect(await setPassword(launcher, token, {})).toEqual(invalid("new_password is required"));
    expect(await setPassword(launcher, token, { password: PASSWORD })).toEqual(NO_CONTENT);
  });

  it("lets one of ten at once decide what the password is", async () => {
    const launcher = await BASES[1].open();
    const { token } = await codeMember(launcher);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        setPassword(launcher, token, { password: `candidate password ${index}` }),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(409)]);
  });
});
