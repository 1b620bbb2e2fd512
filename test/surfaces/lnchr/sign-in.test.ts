import { describe, expect, it } from "vitest";
import { stopClock } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import {
  A_TOKEN,
  BAD_TOKEN,
  NO_CONTENT,
  PASSWORD,
  SEND_BOTH,
  seen,
  success,
  TOO_MANY_ATTEMPTS,
  tooMany,
  WRONG_FACTOR,
  WRONG_PASSWORD,
} from "./answers.ts";
import {
  alter,
  BASES,
  codeMember,
  logIn,
  member,
  ROBIN,
  superadmin,
  withSecondFactor,
} from "./launcher.ts";

describe("POST /api/v1/auth/login", () => {
  it.each(BASES)("answers a right password under $base", async ({ open }) => {
    const launcher = await open();
    const { email, password, userId: id } = await superadmin(launcher);

    expect(seen(await logIn(launcher, { email: email.toUpperCase(), password }))).toEqual(
      success(200, { token: A_TOKEN, user: { id, email, ...ROBIN, role: "superadmin" } }),
    );
  });

  it("refuses a wrong password, an unknown address, a disabled account and one without a password alike", async () => {
    const launcher = await BASES[1].open();
    const { email } = await superadmin(launcher);
    const disabled = await member(launcher);
    await alter(disabled.userId, { disabledAt: new Date() });
    const withoutPassword = await codeMember(launcher);

    for (const body of [
      { email, password: "another otter" },
      somebody(),
      { email: disabled.email, password: disabled.password },
      { email: withoutPassword.email, password: PASSWORD },
    ]) {
      expect(seen(await logIn(launcher, body))).toEqual(WRONG_PASSWORD);
    }
  });

  it("asks for a second factor where there is one, and takes each code once", async () => {
    const launcher = await BASES[1].open();
    const { email, password, userId } = await superadmin(launcher);
    const factor = await withSecondFactor(launcher, userId);
    const totp_code = factor.app.code();
    const answer = async (given: object) =>
      seen(await logIn(launcher, { email, password, ...given }));

    expect(await answer({})).toEqual(SEND_BOTH);
    expect(await answer({ totp_code: factor.app.wrongCode() })).toEqual(WRONG_FACTOR);
    expect(await answer({ totp_code })).toMatchObject({ status: 200 });
    expect(await answer({ totp_code })).toEqual(WRONG_FACTOR);
    const recovery = { recovery_code: factor.recoveryCode };
    expect(await answer(recovery)).toMatchObject({ status: 200 });
    expect(await answer(recovery)).toEqual(WRONG_FACTOR);
  });

  it("makes who has guessed ten times wait, the right password included", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const { email, password } = await superadmin(launcher);
    for (let guess = 0; guess < 10; guess++) {
      expect(seen(await logIn(launcher, { email, password: "a guess" }))).toEqual(WRONG_PASSWORD);
    }

    expect(seen(await logIn(launcher, { email, password }))).toEqual(tooMany(TOO_MANY_ATTEMPTS, 1));
  });
});

describe("POST /api/v1/auth/logout", () => {
  it.each(BASES)("revokes under $base the token that is sent along", async ({ open }) => {
    const launcher = await open();
    const { token: bearer } = await superadmin(launcher);

    expect(seen(await launcher.ask("POST /auth/logout", { bearer }))).toEqual(NO_CONTENT);
    expect(seen(await launcher.ask("GET /auth/me", { bearer }))).toEqual(BAD_TOKEN);
    expect(seen(await launcher.ask("POST /auth/logout", { bearer }))).toEqual(NO_CONTENT);
  });

  it("has nothing against who is not signed in", async () => {
    const { ask } = await BASES[1].open();
    const malformed = { headers: { authorization: "Basic cm9iaW4=" } };
    const key = { headers: { "x-lnchr-key": "lnchr_sk_nothing" } };

    for (const asked of [{}, { bearer: "nonsense" }, malformed, key]) {
      expect(seen(await ask("POST /auth/logout", asked))).toEqual(NO_CONTENT);
    }
  });
});
