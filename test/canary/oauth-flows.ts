import {
  allowed,
  authorizationRequest,
  CHALLENGE,
  codeOf,
  VERIFIER,
} from "../support/authorization.ts";
import { signedInBrowser } from "../support/browser.ts";
import { decide } from "../support/devices.ts";
import { member } from "../support/members.ts";
import {
  askToken,
  BACKEND,
  DEVICE_CODE_GRANT,
  introspected,
  redemption,
  refreshed,
  revoked,
  startedGrant,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { TEST_SECRET } from "../support/oauth-clients.ts";
import { pollGrant } from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import type { TestService } from "../support/service.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that clients do, by themselves and for people. */
export const oauthFlows: readonly Flow[] = [throughBrowser, byDevice, byClient, discover];

async function throughBrowser(watch: Watch): Promise<void> {
  watch.typed("code verifier", VERIFIER);
  const service = watch.service();
  const { browser } = await signedInBrowser(service, await member(service, watch.somebody()));
  const code = codeOf(await allowed(browser, { scope: "openid profile offline_access" }));
  await askToken(service, redemption(code, { code_verifier: `${VERIFIER}-not` }));
  const first = tokensIn(await askToken(service, redemption(code)));
  const second = tokensIn(await refreshed(service, first.refresh_token));
  await userInfo(service, second.access_token);
  await service.ask("/oauth/userinfo", { bearer: second.access_token });
  await introspected(service, second.access_token);
  await introspected(service, second.refresh_token);
  await revoked(service, { client_id: "test-spa", token: second.refresh_token });
  await refreshed(service, second.refresh_token);
  const asked = Object.fromEntries(authorizationRequest());
  await browser.follow(await browser.post("/oauth/authorize", asked));
  // A code that is brought twice.
  const again = codeOf(await allowed(browser));
  await askToken(service, redemption(again));
  await askToken(service, redemption(again));
}

async function byDevice(watch: Watch): Promise<void> {
  const service = watch.service();
  const { accessToken } = await signedIn(service, await member(service, watch.somebody()));
  const challenge = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
  const { device_code, user_code } = await startedGrant(service, challenge);
  const proof = { code_verifier: VERIFIER };
  const key = { "idempotency-key": watch.typed("idempotency key", crypto.randomUUID()) };
  await askToken(service, {
    grant_type: DEVICE_CODE_GRANT,
    client_id: "test-oauth-tv",
    device_code,
  });
  await pollGrant(service, device_code, proof, key);
  await waitOnSocket(service, device_code);
  await decide(service, accessToken, { userCode: "BBBB-BBBB" });
  await decide(service, accessToken, { userCode: user_code });
  tokensIn(await pollGrant(service, device_code, proof, key));
  tokensIn(await pollGrant(service, device_code, proof, key));
}

async function waitOnSocket(service: TestService, deviceCode: string): Promise<void> {
  const headers = {
    "cf-connecting-ip": "198.18.0.7",
    upgrade: "websocket",
    "sec-websocket-protocol": `latchkey.device-wait, ${deviceCode}`,
  };
  const url = `${service.settings.publicUrl}/oauth/device/wait`;
  const { webSocket } = await service.fetch(new Request(url, { headers }));
  webSocket?.accept();
  webSocket?.close();
}

async function byClient(watch: Watch): Promise<void> {
  const service = watch.service();
  watch.typed("client secret", TEST_SECRET);
  await askToken(service, { grant_type: "client_credentials" }, BACKEND);
  await askToken(service, {
    grant_type: "client_credentials",
    client_id: "test-backend",
    client_secret: watch.typed("a wrong client secret", "canary-client-secret"),
  });
}

async function discover(watch: Watch): Promise<void> {
  const service = watch.service();
  for (const name of ["oauth-authorization-server", "openid-configuration", "jwks.json"]) {
    await service.ask(`/.well-known/${name}`, { method: "GET" });
  }
}
