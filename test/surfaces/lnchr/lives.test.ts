import { describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import { BAD_TOKEN, NO_CONTENT, seen, WRONG_CODE } from "./answers.ts";
import { alter, BASES, codeMember, mailedCode, superadmin, verifyCode } from "./launcher.ts";

describe("a login code", () => {
  it("works for ten minutes", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const { email } = somebody();

    const early = await mailedCode(launcher, email);
    passSeconds(599);
    expect((await verifyCode(launcher, { email, code: early })).status).toBe(200);
    const late = await mailedCode(launcher, email);
    passSeconds(600);
    expect(seen(await verifyCode(launcher, { email, code: late }))).toEqual(WRONG_CODE);
  });
});

describe("an account that was made by a login code", () => {
  it("has no names until it says them", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer } = await codeMember(launcher);
    const names = async () => {
      const { body } = await launcher.ask("GET /auth/me", { bearer });
      return [body.data["first_name"], body.data["last_name"]];
    };

    expect(await names()).toEqual([null, null]);
    await launcher.ask("PUT /auth/me", { bearer, body: {} });
    expect(await names()).toEqual([null, null]);
    const body = { first_name: "Robin", last_name: "Example" };
    await launcher.ask("PUT /auth/me", { bearer, body });
    expect(await names()).toEqual(["Robin", "Example"]);
  });
});

describe("an account that has to change its password", () => {
  it("may say its name and log out", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer, userId } = await superadmin(launcher);
    await alter(userId, { mustResetPassword: true });

    const body = { last_name: "Underhill" };
    expect((await launcher.ask("PUT /auth/me", { bearer, body })).status).toBe(200);
    expect(seen(await launcher.ask("POST /auth/logout", { bearer }))).toEqual(NO_CONTENT);
    expect(seen(await launcher.ask("GET /auth/me", { bearer }))).toEqual(BAD_TOKEN);
  });
});
