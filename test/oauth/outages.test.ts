import { beforeAll, describe, expect, it } from "vitest";
import { breakCall, refuses } from "../support/break-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { askToken, oauthRefusal, quietTokens, refreshed } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const UNAVAILABLE = oauthRefusal(
  503,
  "temporarily_unavailable",
  "Not possible right now. Try again in a moment.",
  { "retry-after": "2" },
);

beforeAll(registerOAuthClients);

describe("REL-01: while a store does not answer", () => {
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
