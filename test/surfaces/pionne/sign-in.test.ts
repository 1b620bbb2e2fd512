import { describe, expect, it } from "vitest";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { BAD_BEARER, invalid, numbered, ok, TOTP_TOKEN, tooMany, WRONG } from "./answers.ts";
import { startPionne } from "./pionne.ts";

const { service, ask, registered, logIn, tokenOf, isLive, listed, withTotp } = startPionne();

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
    const { accessToken } = await signedIn(service, person);

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
