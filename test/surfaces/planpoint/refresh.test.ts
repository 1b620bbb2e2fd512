import { describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { signedIn } from "../../support/people.ts";
import {
  ACCESS_COOKIE,
  BAD_TOKEN,
  CROSS_SITE,
  ENDED,
  IN_QUERY,
  ok,
  REFRESH_COOKIE,
  shown,
} from "./answers.ts";
import { cookiesFrom, cookieValue, FOREIGN, ORIGIN, startPlanpoint } from "./planpoint.ts";

const { service, ask, loggedIn } = startPlanpoint();

describe("POST /api/users/refresh", () => {
  const refresh = (headers: Record<string, string>) =>
    ask<{ access_token: string }>("POST /refresh", { headers });

  it("trades the refresh cookie for a new pair", async () => {
    const { headers, answer } = await loggedIn();

    const refreshed = await refresh({ ...headers, ...ORIGIN });

    expect(shown(refreshed)).toEqual(
      ok({ message: "Token refreshed", access_token: "<access token>" }, [
        ACCESS_COOKIE,
        REFRESH_COOKIE,
      ]),
    );
    expect(cookieValue(refreshed, "planpoint")).toBe(refreshed.body.access_token);
    expect(cookieValue(refreshed, "planpointRefresh")).not.toBe(
      cookieValue(answer, "planpointRefresh"),
    );
    const bearer = refreshed.body.access_token;
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });

  it("ends the session where an older token comes again", async () => {
    stopClock();
    const { headers } = await loggedIn();
    const first = await refresh({ ...headers, ...ORIGIN });
    const second = await refresh({ ...cookiesFrom(first), ...ORIGIN });
    passSeconds(11);

    expect(shown(await refresh({ ...headers, ...ORIGIN }))).toEqual(ENDED);
    expect(shown(await refresh({ ...cookiesFrom(second), ...ORIGIN }))).toEqual(ENDED);
    expect(shown(await ask("GET /me", { bearer: second.body.access_token }))).toEqual(BAD_TOKEN);
  });

  it("refuses a cookie that is missing or was not issued here", async () => {
    const { bearer } = await loggedIn();
    const { refreshToken } = await signedIn(service);

    for (const value of ["", "x", bearer, refreshToken, "x".repeat(5000)]) {
      const cookie = `planpointRefresh=${value}`;
      expect(shown(await refresh({ cookie, ...ORIGIN }))).toEqual(ENDED);
    }
    expect(shown(await refresh(ORIGIN))).toEqual(ENDED);
  });

  it.each([
    ["no word of where it comes from", {}, 403],
    ["a foreign Origin", FOREIGN, 403],
    ["its own Origin", ORIGIN, 200],
    ["Sec-Fetch-Site: same-origin", { "sec-fetch-site": "same-origin" }, 200],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }, 403],
    ["Sec-Fetch-Site: cross-site", { ...ORIGIN, "sec-fetch-site": "cross-site" }, 403],
  ])("SES-07: answers a request with %s", async (_, where, status) => {
    const { headers } = await loggedIn();

    const answer = await refresh({ ...headers, ...where });

    expect(answer.status).toBe(status);
    expect(shown(answer)).toEqual(status === 200 ? expect.anything() : CROSS_SITE);
  });

  it("reads no token from the query string", async () => {
    expect(shown(await ask("POST /refresh?refresh_token=x", { headers: ORIGIN }))).toEqual(
      IN_QUERY,
    );
  });
});
