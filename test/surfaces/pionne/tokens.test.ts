import { beforeAll, describe, expect, it } from "vitest";
import { CLI, registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { BAD_BEARER, coded, NO_BEARER, NO_CONTENT, NO_SUCH_TOKEN, ok, TIME } from "./answers.ts";
import { startPionne } from "./pionne.ts";

const { service, ask, registered, tokenOf, isLive, listed, tokenOfDevice } = startPionne();

beforeAll(registerClients);

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
    const { accessToken } = await signedIn(service, person);

    expect(seen(await ask("DELETE /tokens", { bearer: web }))).toEqual(ok({ revoked_count: 2 }));
    expect(await isLive(token)).toBe(false);
    expect(await isLive(accessToken)).toBe(false);
    expect(await isLive(web)).toBe(true);
    expect(seen(await ask("DELETE /tokens", { bearer: web }))).toEqual(ok({ revoked_count: 0 }));
  });
});
