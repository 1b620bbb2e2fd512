import { beforeAll, describe, expect, it } from "vitest";
import { CHALLENGE, VERIFIER } from "../support/authorization.ts";
import { logLines } from "../support/log-lines.ts";
import {
  askToken,
  BACKEND,
  basic,
  codeFor,
  DEVICE_CODE_GRANT,
  introspected,
  quietTokens,
  redemption,
  refreshed,
  revoked,
  signedInQuietly,
  startedGrant,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerOAuthClients);

describe("REL-06: the log of OAuth", () => {
  it("has a line for each request and no secret, token or code in any", async () => {
    const bearer = await signedInQuietly(service);
    const code = await codeFor(service, bearer);
    const log = logLines();

    const tokens = tokensIn(await askToken(service, redemption(code)));
    const again = tokensIn(await refreshed(service, tokens.refresh_token));
    await userInfo(service, again.access_token);
    await introspected(service, again.access_token);
    await revoked(service, { client_id: "test-spa", token: again.refresh_token });
    await askToken(service, { grant_type: "client_credentials" }, BACKEND);
    const challenge = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
    const { device_code, user_code } = await startedGrant(service, challenge);
    await askToken(service, {
      grant_type: DEVICE_CODE_GRANT,
      client_id: "test-oauth-tv",
      device_code,
      code_verifier: VERIFIER,
    });

    expect(
      log.parsed().map(({ contract, operation, reason }) => [contract, operation, reason]),
    ).toEqual([
      ["oauth", "redeemAuthorizationCode", null],
      ["oauth", "refreshForClient", null],
      ["oauth", "userInfo", null],
      ["oauth", "introspect", null],
      ["oauth", "revokeToken", null],
      ["oauth", "redeemClientCredentials", null],
      ["oauth", "authorizeDevice", null],
      ["oauth", "redeemDeviceCode", "authorization_pending"],
    ]);
    const { access_token, refresh_token, id_token } = tokens;
    const secrets = [code, access_token, refresh_token, id_token, VERIFIER, TEST_SECRET];
    const others = [again.refresh_token, device_code, user_code, basic(BACKEND.basic).slice(6)];
    for (const secret of [...secrets, ...others]) {
      expect(log.text()).not.toContain(secret);
    }
  });

  it("says why a request was refused, and nothing of what came with it", async () => {
    const { refresh_token } = await quietTokens(service);
    const log = logLines();

    await refreshed(service, refresh_token, {
      client_id: "test-backend",
      client_secret: "a-guess",
    });
    await askToken(service, { grant_type: "password", username: "robin", password: "a-guess" });
    await service.ask("/oauth/token?client_secret=a-guess", { body: {} });
    await userInfo(service, "a-guess");

    expect(log.parsed().map(({ route, reason }) => [route, reason])).toEqual([
      ["/oauth/token", "client_unauthenticated"],
      ["/oauth/token", "grant_type_unknown"],
      ["/oauth/token", "invalid_request"],
      ["/oauth/userinfo", "access_token_invalid"],
    ]);
    expect(log.text()).not.toMatch(/a-guess|robin|lk_rt_/);
  });
});
