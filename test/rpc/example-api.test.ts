import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../examples/api/app.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { breakCall, refuses } from "../support/break-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { backendTokens } from "../support/oauth.ts";
import { API, registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { launcherAt, serviceKey } from "../surfaces/lnchr/launcher.ts";
import { auth } from "./entrypoint.ts";

beforeAll(registerOAuthClients);

const DEFAULT_TENANT = { tenantId: DEFAULT_TENANT_ID, slug: null };
const service = startPostOffice();

describe("the example API", () => {
  it("answers 503 while Latchkey cannot answer, and calls no token bad", async () => {
    const log = logLines();
    const { access_token } = await backendTokens(service, { resources: [API] });
    expect((await get("/profile", `Bearer ${access_token}`)).status).toBe(200);

    const answer = await breakCall(0, refuses, () => get("/profile", `Bearer ${access_token}`));

    expect(answer).toEqual({
      status: 503,
      challenge: null,
      retryAfter: "2",
      cacheControl: "no-store",
      body: { error: "temporarily_unavailable" },
    });
    expect(log.text()).not.toContain(access_token);
  });

  it("does the same for a key", async () => {
    logLines();
    const { accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);

    const answer = await breakCall(0, refuses, () => get("/export", `Bearer ${key}`));

    expect(answer.status).toBe(503);
  });

  it("takes no service key for an API key", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    await alterAccount(person, { role: "admin" });
    const { key } = await serviceKey(launcherAt(DEFAULT_TENANT), bearer);
    expect(await auth().verifyKey(key)).toMatchObject({ kind: "service" });

    expect(await get("/export", `Bearer ${key}`)).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="example-api", error="invalid_token"',
    });
  });

  it.each([
    ["bearer  %s", 200],
    ["BEARER %s", 200],
    ["Basic %s", 401],
    ["%s", 401],
    ["Bearer", 400],
    ["Bearer %s extra", 400],
  ])("reads the header `%s` as RFC 6750 has it", async (header, status) => {
    const { access_token } = await backendTokens(service, { resources: [API] });

    expect((await get("/me", header.replace("%s", access_token))).status).toBe(status);
  });
});

async function get(path: string, authorization: string) {
  const app = createApp({ AUTH: auth(), RESOURCE: API });
  const answer = await app.request(path, { headers: { authorization } });
  const { status, headers } = answer;
  return {
    status,
    challenge: headers.get("www-authenticate"),
    retryAfter: headers.get("retry-after"),
    cacheControl: headers.get("cache-control"),
    body: await answer.json(),
  };
}
