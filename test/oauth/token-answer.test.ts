import { beforeAll, describe, expect, it } from "vitest";
import {
  askToken,
  BACKEND,
  codeFor,
  redemption,
  refreshed,
  spaTokens,
  type TokenBody,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { approvedGrant, pollGrant } from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import { type Answer, startService } from "../support/service.ts";

const service = startService();

beforeAll(registerOAuthClients);

const WAYS: Record<string, () => Promise<Answer<TokenBody>>> = {
  async "an authorization code"() {
    const { accessToken } = await signedIn(service);
    return askToken(service, redemption(await codeFor(service, accessToken)));
  },
  async "a refresh token"() {
    const { refresh_token } = await spaTokens(service);
    return refreshed(service, refresh_token);
  },
  "a client's own secret": () => askToken(service, { grant_type: "client_credentials" }, BACKEND),
  async "a device code"() {
    const { deviceCode } = await approvedGrant(service);
    return pollGrant(service, deviceCode);
  },
};

describe("TOK-02: an answer with tokens", () => {
  it.each(Object.entries(WAYS))("is JSON that nobody keeps, for %s", async (_, ask) => {
    const { status, headers, body } = await ask();

    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 900 });
  });
});
