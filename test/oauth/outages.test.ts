import { beforeAll, describe, expect, it } from "vitest";
import { breakCall, refuses } from "../support/break-calls.ts";
import { decide } from "../support/devices.ts";
import { logLines } from "../support/log-lines.ts";
import {
  askToken,
  codeFor,
  DEVICE_CODE_GRANT,
  introspected,
  oauthRefusal,
  post,
  quietTokens,
  redemption,
  refreshed,
  revoked,
  signedInQuietly,
  startedGrant,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { type Answer, startService } from "../support/service.ts";

const service = startService();
const UNAVAILABLE = oauthRefusal(
  503,
  "temporarily_unavailable",
  "Not possible right now. Try again in a moment.",
  { "retry-after": "2" },
);

beforeAll(async () => {
  await registerOAuthClients();
  // Clients and keys are remembered from here on.
  await quietTokens(service);
  await startedGrant(service);
});

/** What is asked of a store that does not answer, and the same once it does. */
async function outage(ask: () => Promise<Answer<unknown>>) {
  const broken = await breakCall(0, refuses, ask);
  return { broken: seen(broken), after: (await ask()).status };
}

describe("REL-01: while a store does not answer", () => {
  it("a code is not spent, and a person is told to come back", async () => {
    const accessToken = await signedInQuietly(service);
    const code = await codeFor(service, accessToken);

    expect(await outage(() => askToken(service, redemption(code)))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
  });

  it("nothing is refreshed", async () => {
    const { refresh_token } = await quietTokens(service);

    expect(await outage(() => refreshed(service, refresh_token))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
  });

  it("no device starts, and none is told that its code is wrong", async () => {
    const start = () =>
      post(service, "/oauth/device_authorization", { client_id: "test-oauth-tv" });
    const accessToken = await signedInQuietly(service);
    const { device_code, user_code } = await startedGrant(service);
    await decide(service, accessToken, { userCode: user_code });
    const fields = { grant_type: DEVICE_CODE_GRANT, client_id: "test-oauth-tv", device_code };

    expect(await outage(start)).toEqual({ broken: UNAVAILABLE, after: 200 });
    expect(await outage(() => askToken(service, fields))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
  });

  it("no token is good, and none is called bad", async () => {
    const { access_token } = await quietTokens(service);
    await introspected(service, access_token);

    expect(await outage(() => userInfo(service, access_token))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
    expect(await outage(() => introspected(service, access_token))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
  });

  it("a revocation is not claimed", async () => {
    const { access_token } = await quietTokens(service);
    const fields = { client_id: "test-spa", token: access_token };

    expect(await outage(() => revoked(service, fields))).toEqual({
      broken: UNAVAILABLE,
      after: 200,
    });
  });

  it("whoever accepts pages is answered in JSON all the same", async () => {
    const { refresh_token } = await quietTokens(service);
    const headers = { accept: "text/html" };
    const fields = { grant_type: "refresh_token", client_id: "test-spa", refresh_token };

    const answer = await breakCall(0, refuses, () => askToken(service, fields, { headers }));

    expect(seen(answer)).toEqual(UNAVAILABLE);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("the log names endpoint and cause, and holds no token", async () => {
    const { refresh_token } = await quietTokens(service);
    const log = logLines();

    await breakCall(0, refuses, () => refreshed(service, refresh_token));

    expect(log.parsed().at(-1)).toMatchObject({
      route: "/oauth/token",
      contract: "oauth",
      operation: "refreshForClient",
      reason: "unavailable",
      status: 503,
    });
    expect(log.text()).not.toContain(refresh_token);
  });
});
