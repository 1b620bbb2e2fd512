import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEVICE_CODE_GRANT, type SamePlace } from "../../../src/core/client/client.ts";
import { oneClient } from "../../support/authorization.ts";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { signedInOnPage } from "../../support/page-session.ts";
import { registered, signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { type Asked, startService } from "../../support/service.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();
const UNKNOWN = refusal(404, "invalid_user_code", "No device is waiting under that code.");
const USED = refusal(409, "already_used", "That code was used already.");

beforeAll(registerClients);

/** A device at an address of its own: what is tested is not how often one may start. */
const waitingDevice = (scopes?: string[]) =>
  startedDevice(startService(), scopes ? { scopes } : {});

/** Somebody signed in at an address of their own: wrong codes there are theirs alone. */
async function approver() {
  const elsewhere = startService();
  const { accessToken } = await signedIn(elsewhere);
  return (body: { userCode: string; approve?: boolean; scopes?: string[] }) =>
    decide(elsewhere, accessToken, body);
}

describe("POST /api/v2/auth/device/authorize", () => {
  it.each([
    ["approves", undefined, "The device is approved."],
    ["approves", true, "The device is approved."],
    ["denies", false, "The device is denied."],
  ])("%s with approve: %s", async (_, approve, message) => {
    const say = await approver();
    const { userCode, deviceCode } = await waitingDevice();

    const answer = await say({ userCode, ...(approve !== undefined && { approve }) });

    expect(seen(answer)).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: { success: true, message },
    });
    expect((await poll(service, deviceCode)).status).toBe(approve === false ? 400 : 200);
  });

  it.each([
    [true, false],
    [true, true],
    [false, true],
    [false, false],
  ])("takes the first word as final (approve: %s, then %s)", async (first, second) => {
    const say = await approver();
    const { userCode, deviceCode } = await waitingDevice();
    await say({ userCode, approve: first });

    expect(seen(await say({ userCode, approve: second }))).toEqual(USED);
    expect((await poll(service, deviceCode)).status).toBe(first ? 200 : 400);
  });

  it("takes no second person's word", async () => {
    const [first, second] = [await approver(), await approver()];
    const { userCode, deviceCode } = await waitingDevice();
    await first({ userCode, approve: false });

    expect(seen(await second({ userCode }))).toEqual(USED);
    expect((await poll(service, deviceCode)).body.error.code).toBe("access_denied");
  });

  it("refuses a code that was redeemed", async () => {
    const say = await approver();
    const { userCode, deviceCode } = await waitingDevice();
    await say({ userCode });
    await poll(service, deviceCode);

    expect(seen(await say({ userCode }))).toEqual(USED);
  });

  it("refuses a code that has expired", async () => {
    stopClock();
    const say = await approver();
    const { userCode, expiresIn } = await waitingDevice();
    passSeconds(expiresIn);

    expect(seen(await say({ userCode }))).toEqual(
      refusal(400, "expired_token", "The code has expired. Start again on the device."),
    );
  });

  it("refuses a code under which no device waits, and the code of the device itself", async () => {
    const say = await approver();
    const { deviceCode } = await waitingDevice();

    expect(seen(await say({ userCode: "WDJB-JQKL" }))).toEqual(UNKNOWN);
    expect(seen(await say({ userCode: deviceCode }))).toEqual(UNKNOWN);
    expect(seen(await say({ userCode: "0123-4567" }))).toEqual(UNKNOWN);
    expect(seen(await poll(service, deviceCode))).toMatchObject({
      body: { error: { code: "authorization_pending" } },
    });
  });
});

describe("a user code", () => {
  it.each([
    ["in lower case", (code: string) => code.toLowerCase()],
    ["without its dash", (code: string) => code.replace("-", "")],
    ["with a space for its dash", (code: string) => code.replace("-", " ")],
    ["with spaces all over", (code: string) => ` ${[...code].join(" ")}\t`],
    ["with an en dash", (code: string) => code.replace("-", "–")],
    ["with a non-breaking hyphen", (code: string) => code.replace("-", "\u2011")],
    ["with more dashes", (code: string) => [...code.replace("-", "")].join("-")],
  ])("is understood %s", async (_, spell) => {
    const say = await approver();
    const { userCode } = await waitingDevice();

    expect((await say({ userCode: spell(userCode) })).status).toBe(200);
  });

  it.each([
    ["a letter more", (code: string) => `${code}B`],
    ["a letter less", (code: string) => code.slice(0, -1)],
    ["other signs in it", (code: string) => code.replace("-", "_")],
  ])("is not understood with %s", async (_, spell) => {
    const say = await approver();
    const { userCode } = await waitingDevice();

    expect(seen(await say({ userCode: spell(userCode) }))).toEqual(UNKNOWN);
    expect((await say({ userCode })).status).toBe(200);
  });
});

describe("approving", () => {
  const scopeGranted = async (asked: string[], scopes?: string[]) => {
    const say = await approver();
    const { userCode, deviceCode } = await waitingDevice(asked);
    await say({ userCode, ...(scopes && { scopes }) });
    return decodeJwt((await poll(service, deviceCode)).body.accessToken)["scope"];
  };

  it("grants what was asked for, or less", async () => {
    const asked = ["openid", "profile:read"];

    expect(await scopeGranted(asked)).toBe("openid profile:read");
    expect(await scopeGranted(asked, ["profile:read"])).toBe("profile:read");
    expect(await scopeGranted(asked, [])).toBe("");
  });

  it("grants nothing that was not asked for, and leaves the grant to be decided", async () => {
    const say = await approver();
    const { userCode } = await waitingDevice(["openid"]);

    expect(seen(await say({ userCode, scopes: ["openid", "profile:read"] }))).toEqual(
      refusal(400, "validation_error", "The request is not valid.", {
        fields: { scopes: "has a scope that the device did not ask for" },
      }),
    );
    expect((await say({ userCode, scopes: ["openid"] })).status).toBe(200);
  });
});

describe("a device whose client demands that it is where its person is", () => {
  const HERE = { country: "PT", asOrganization: "Example Telecom" };
  const ELSEWHERE = refusal(
    403,
    "place_differs",
    "This device has to be approved from the place it is in.",
  );

  const startedAt = async (samePlace: SamePlace, place: Asked["place"]) => {
    const clientId = await oneClient({ samePlace, grants: [DEVICE_CODE_GRANT] });
    return startedDevice(startService(), { clientId, place });
  };

  it.each<[SamePlace, where: string, device: Asked["place"], person: Asked["place"]]>([
    ["country", "in one", HERE, HERE],
    ["country", "in one, on two networks", HERE, { country: "PT" }],
    ["network", "in one country", HERE, HERE],
  ])("the same %s: is approved %s", async (samePlace, _, device, person) => {
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedAt(samePlace, device);

    expect((await decide(service, accessToken, { userCode }, person)).status).toBe(200);
  });

  it.each<[SamePlace, where: string, device: Asked["place"], person: Asked["place"]]>([
    ["country", "in two", HERE, { ...HERE, country: "ES" }],
    ["country", "when the device's is unknown", {}, HERE],
    ["country", "when the person's is unknown", HERE, {}],
    ["country", "when both are unknown", {}, {}],
    ["country", "when both hide behind Tor", { country: "T1" }, { country: "T1" }],
    ["country", "when both have none", { country: "XX" }, { country: "XX" }],
    ["network", "on two", HERE, { ...HERE, asOrganization: "Other" }],
    ["network", "of one name in two countries", HERE, { ...HERE, country: "ES" }],
    ["network", "when the device's is unknown", { country: "PT" }, HERE],
    ["network", "when the person's is unknown", HERE, { country: "PT" }],
    ["network", "when both are unknown", { country: "PT" }, { country: "PT" }],
    [
      "network",
      "when both are empty",
      { ...HERE, asOrganization: "" },
      { ...HERE, asOrganization: "" },
    ],
  ])("the same %s: is not approved %s, and can be denied", async (samePlace, _, device, person) => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedAt(samePlace, device);
    const say = (approve: boolean) => decide(service, accessToken, { userCode, approve }, person);

    expect(seen(await say(true))).toEqual(ELSEWHERE);
    expect((await say(false)).status).toBe(200);
    expect(await poll(service, deviceCode)).toMatchObject({ status: 400 });
  });

  it("stays to be decided by somebody who is there", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedAt("network", HERE);

    expect(seen(await decide(service, accessToken, { userCode }, {}))).toEqual(ELSEWHERE);
    expect((await decide(service, accessToken, { userCode }, HERE)).status).toBe(200);
  });
});

describe("a page session", () => {
  const authorize = async (headers: Record<string, string>) => {
    const { cookie } = await signedInOnPage(service, await registered(service));
    const { userCode } = await waitingDevice();
    return service.ask("/api/v2/auth/device/authorize", {
      body: { userCode },
      headers: { cookie, ...headers },
    });
  };

  it("approves from its own origin", async () => {
    expect((await authorize({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await authorize({ origin: "http://localhost:8787" })).status).toBe(200);
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a neighbour of its site", { "sec-fetch-site": "same-site" }],
    ["another origin", { origin: "http://localhost:8788" }],
    ["nobody knows where", {}],
  ])("is refused from %s", async (_, headers) => {
    expect(seen(await authorize(headers))).toEqual(
      refusal(403, "cross_site_request", "A page's session may be used from its own origin only."),
    );
  });

  it("does not make up for a bad token", async () => {
    const own = { "sec-fetch-site": "same-origin" };

    expect((await authorize({ ...own, authorization: "Bearer none" })).status).toBe(401);
  });

  it("that was made up is refused", async () => {
    const { userCode } = await waitingDevice();

    const answer = await service.ask("/api/v2/auth/device/authorize", {
      body: { userCode },
      headers: { cookie: "latchkey=none", "sec-fetch-site": "same-origin" },
    });

    expect(answer.status).toBe(401);
  });
});
