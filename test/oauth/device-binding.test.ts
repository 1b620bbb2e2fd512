import { beforeAll, describe, expect, it } from "vitest";
import { CHALLENGE, VERIFIER } from "../support/authorization.ts";
import { registerClients, TV } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { askToken, BACKEND, DEVICE_CODE_GRANT, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { approvedGrant, heard, pollGrant, undecidedGrant } from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const BOUND = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
const OTHER_VERIFIER = VERIFIER.replace("d", "e");

beforeAll(registerOAuthClients);
beforeAll(registerClients);

describe("a device code that was started with a challenge", () => {
  it.each<[string, string | null]>([
    ["no verifier", null],
    ["an empty one", ""],
    ["another one", OTHER_VERIFIER],
    ["one too short to be one", VERIFIER.slice(0, 42)],
    ["the challenge itself", CHALLENGE],
  ])("is not redeemed by %s, and still by the right one", async (_, code_verifier) => {
    const { deviceCode } = await approvedGrant(service, BOUND);

    expect(heard(await pollGrant(service, deviceCode, { code_verifier }))).toBe(
      "400 invalid_grant",
    );
    expect(heard(await pollGrant(service, deviceCode, { code_verifier: VERIFIER }))).toBe("tokens");
  });

  it("says nothing of its grant to who has no verifier, and is not slowed down by it", async () => {
    const { deviceCode, decide: say } = await undecidedGrant(service, BOUND);
    const stolen = () => pollGrant(service, deviceCode, { code_verifier: OTHER_VERIFIER });
    const own = () => pollGrant(service, deviceCode, { code_verifier: VERIFIER });

    expect(heard(await stolen())).toBe("400 invalid_grant");
    expect(heard(await own())).toBe("400 authorization_pending");
    await say({ approve: false });
    expect(heard(await stolen())).toBe("400 invalid_grant");
    expect(heard(await own())).toBe("400 access_denied");
  });
});

describe("a device code that was started without a challenge", () => {
  it("TOK-09: is not redeemed with a verifier, and still without", async () => {
    const { deviceCode } = await approvedGrant(service);

    expect(heard(await pollGrant(service, deviceCode, { code_verifier: VERIFIER }))).toBe(
      "400 invalid_grant",
    );
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });
});

describe("a device code belongs to its client", () => {
  it("DEV-15: another client does not redeem it, and its own still does", async () => {
    const { deviceCode } = await approvedGrant(service);
    const client_id = "test-oauth-tv-once";

    expect(heard(await pollGrant(service, deviceCode, { client_id }))).toBe("400 invalid_grant");
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });

  it("DEV-15: another client hears nothing of it, and slows its own down by no poll", async () => {
    const { deviceCode, decide: say } = await undecidedGrant(service);
    const another = () => pollGrant(service, deviceCode, { client_id: "test-oauth-tv-once" });

    expect(heard(await another())).toBe("400 invalid_grant");
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 authorization_pending");
    await say({ approve: false });
    expect(heard(await another())).toBe("400 invalid_grant");
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 access_denied");
  });

  it("a client with a secret redeems its own by that alone", async () => {
    const { accessToken } = await signedIn(service);
    const { device_code, user_code } = await startedGrant(service, { client_id: null }, BACKEND);
    await decide(service, accessToken, { userCode: user_code });
    const form = { grant_type: DEVICE_CODE_GRANT, device_code };

    const without = await askToken(service, { ...form, client_id: "test-backend" });
    const wrong = await askToken(service, form, { basic: ["test-backend", `${TEST_SECRET}.`] });
    const right = await askToken(service, form, BACKEND);

    expect([without, wrong, right].map(heard)).toEqual([
      "401 invalid_client",
      "401 invalid_client",
      "tokens",
    ]);
  });
});

describe("a device code belongs to the contract that it was started through", () => {
  it("one of OAuth is not redeemed through another contract, whose poll leaves it as it was", async () => {
    const { deviceCode } = await approvedGrant(service);

    const { body } = await poll(service, deviceCode, "test-oauth-tv");

    expect(body.error.code).toBe("invalid_grant");
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });

  it("one that carries a challenge is not redeemed without it through another contract", async () => {
    const { deviceCode } = await approvedGrant(service, BOUND);

    const { body } = await poll(service, deviceCode, "test-oauth-tv");

    expect(body.error.code).toBe("invalid_grant");
  });

  it("one of another contract is not redeemed through OAuth, and still through its own", async () => {
    const { accessToken } = await signedIn(service);
    const { deviceCode, userCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });

    expect(heard(await pollGrant(service, deviceCode, { client_id: TV }))).toBe(
      "400 invalid_grant",
    );
    expect((await poll(service, deviceCode)).status).toBe(200);
  });
});
