import { describe, expect, it } from "vitest";
import { BAD_TOKEN, CLEARED, CROSS_SITE, ENDED, ok, shown } from "./answers.ts";
import { cookieValue, FOREIGN, ORIGIN, startPlanpoint } from "./planpoint.ts";

const { ask, loggedIn } = startPlanpoint();

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
