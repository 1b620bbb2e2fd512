import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { DEVICE_CODE_GRANT } from "../../../../src/core/client/client.ts";
import { DEFAULT_TENANT_ID } from "../../../../src/core/tenant/tenant.ts";
import { oneClient } from "../../../support/authorization.ts";
import { registerClients, TV } from "../../../support/clients.ts";
import { stopClock } from "../../../support/clock.ts";
import { decide, startedDevice } from "../../../support/devices.ts";
import { signedIn } from "../../../support/people.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { comeBack, refusal } from "../refusal.ts";
import { badFields, ok, rowsOf, SIGN_IN, success, UNAUTHENTICATED } from "./rows-of.ts";

let service: TestService;
const row = rowsOf(() => service);

beforeAll(registerClients);
beforeEach(() => {
  service = startService();
});

row("POST /api/v2/auth/device", (ask) => {
  it("answers with the codes and where to enter them", async () => {
    expect(await ask({ body: { clientId: TV } })).toEqual(
      ok({
        deviceCode: "<device code>",
        userCode: "<user code>",
        verificationUri: "http://localhost:8787/device",
        verificationUriComplete: "http://localhost:8787/device?user_code=<user code>",
        expiresIn: 900,
        interval: 5,
      }),
    );
  });

  it("refuses unknown clients, and scopes that are not theirs", async () => {
    expect(await ask({ body: { clientId: "nobody" } })).toEqual(
      refusal(401, "invalid_client", "The client is not registered for device sign-in."),
    );
    expect(await ask({ body: { clientId: TV, scopes: ["admin"] } })).toEqual(
      badFields({ scopes: "has a scope that this client may not ask for" }),
    );
    expect(await ask({ body: {} })).toEqual(badFields({ clientId: "is required" }));
  });
});

row("POST /api/v2/auth/device/token", (ask) => {
  it("answers an approved device like a sign-in", async () => {
    const { accessToken, person } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });

    expect(await ask({ body: { deviceCode, clientId: TV } })).toEqual(
      ok({
        ...SIGN_IN,
        user: { id: "<account id>", email: person.email, name: person.name, emailVerified: false },
      }),
    );
  });

  it("refuses while nobody decided, too fast, after a no, and what is no code", async () => {
    stopClock();
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    const body = { deviceCode, clientId: TV };

    expect(await ask({ body })).toEqual(
      refusal(400, "authorization_pending", "Nobody has decided yet. Keep polling."),
    );
    expect(await ask({ body })).toEqual(
      refusal(400, "slow_down", "Too fast. Poll five seconds slower from now on."),
    );
    await decide(service, accessToken, { userCode, approve: false });
    expect(await ask({ body })).toEqual(refusal(400, "access_denied", "The request was denied."));
    expect(await ask({ body: { ...body, deviceCode: "none" } })).toEqual(
      refusal(400, "invalid_grant", "The device code is not valid. Start again."),
    );
  });

  it("lets nobody in for a client that was removed, also where that is still remembered", async () => {
    stopClock();
    const clientId = await oneClient({ grants: [DEVICE_CODE_GRANT] });
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service, { clientId });
    await decide(service, accessToken, { userCode });

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(clientId).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, clientId)).toBe(true);
    expect(await ask({ body: { deviceCode, clientId } })).toEqual(
      refusal(400, "access_denied", "The request was denied."),
    );
  });

  it("refuses a flood with slow_down too", async () => {
    stopClock();
    const { deviceCode } = await startedDevice(service);
    service = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });

    expect(await ask({ body: { deviceCode, clientId: TV } })).toEqual(
      refusal(429, "slow_down", "Too many polls with this code. Slow down.", {
        headers: comeBack({ limit: 300, inSeconds: 60 }),
      }),
    );
  });
});

row("POST /api/v2/auth/device/authorize", (ask) => {
  it("approves or denies, once", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { userCode } = await startedDevice(service);
    const { userCode: unwanted } = await startedDevice(service);

    expect(await ask({ bearer, body: { userCode } })).toEqual(success("The device is approved."));
    expect(await ask({ bearer, body: { userCode: unwanted, approve: false } })).toEqual(
      success("The device is denied."),
    );
    expect(await ask({ bearer, body: { userCode } })).toEqual(
      refusal(409, "already_used", "That code was used already."),
    );
  });

  it("refuses unknown codes, scopes that were not asked for, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { userCode } = await startedDevice(service, { scopes: ["openid"] });

    expect(await ask({ bearer, body: { userCode: "none" } })).toEqual(
      refusal(404, "invalid_user_code", "No device is waiting under that code."),
    );
    expect(await ask({ bearer, body: { userCode, scopes: ["profile"] } })).toEqual(
      badFields({ scopes: "has a scope that the device did not ask for" }),
    );
    expect(await ask({ bearer, body: {} })).toEqual(badFields({ userCode: "is required" }));
    expect(await ask({ body: { userCode } })).toEqual(UNAUTHENTICATED);
  });
});
