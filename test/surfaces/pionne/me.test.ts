import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { BAD_BEARER, ok } from "./answers.ts";
import { startPionne } from "./pionne.ts";

const { service, ask, registered } = startPionne();

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
    const { accessToken } = await signedIn(service, person);

    expect((await ask("GET /me", { bearer: accessToken })).status).toBe(200);
    const { status } = await service.ask("/api/users/me", { method: "GET", bearer: token });
    expect(status).toBe(200);
  });
});
