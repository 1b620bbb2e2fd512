import { describe, expect, it } from "vitest";
import { passSeconds } from "../../support/clock.ts";
import { seen } from "../../support/seen.ts";
import { invalid, numbered, ok, STALE, tooMany, WRONG_CODE } from "./answers.ts";
import { client, startPionne, wrongCode } from "./pionne.ts";

const { registered, isLive, listed, withTotp, totpToken, secondStep } = startPionne();

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
