import { describe, expect, it } from "vitest";
import { Authenticator } from "../../support/authenticator.ts";
import { stopClock } from "../../support/clock.ts";
import { seen } from "../../support/seen.ts";
import { coded, invalid, NO_CONTENT, ok, WRONG, WRONG_CODE } from "./answers.ts";
import { startPionne, wrongCode } from "./pionne.ts";

const { ask, registered, logIn, withTotp, totpToken, secondStep } = startPionne();

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
