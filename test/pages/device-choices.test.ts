import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { accountIdOf } from "../support/rows.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerClients);

describe("what a person leaves of what was asked for", () => {
  const scopeAfter = async (unticked: Record<string, null>) => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { ...unticked, decision: "approve" });
    return decodeJwt((await poll(service, deviceCode)).body.accessToken)["scope"];
  };

  it("is what the device gets", async () => {
    expect(await scopeAfter({})).toBe("openid profile profile:read");
    expect(await scopeAfter({ "scope.profile": null })).toBe("openid profile:read");
  });

  it("is at least to know who it is, where that was asked for", async () => {
    const none = { "scope.profile": null, "scope.profile%3Aread": null };

    expect(await scopeAfter(none)).toBe("openid");
  });

  it("may be nothing, where that was not asked for", async () => {
    const { browser } = await signedInBrowser(service);
    const scopes = ["profile:read"];
    const { userCode, deviceCode } = await startedDevice(startService(), { scopes });
    const { form } = await browser.open(`/device?user_code=${userCode}`);

    await browser.submit(form("/device"), { "scope.profile%3Aread": null, decision: "approve" });

    const { accessToken } = (await poll(service, deviceCode)).body;
    expect(decodeJwt(accessToken)["scope"]).toBe("");
  });

  it.each(["profile:write", "admin", "OpenID", "%", ""])(
    "DEV-24: is never more: %j is refused, and nothing is decided",
    async (scope) => {
      const { browser } = await signedInBrowser(service);
      const { userCode, deviceCode } = await startedDevice(startService());
      const { form } = await browser.open(`/device?user_code=${userCode}`);
      const { fields } = form("/device");

      const { status, lines } = await browser.post("/device", {
        ...fields,
        [`scope.${scope}`]: "on",
        decision: "approve",
      });

      expect([status, lines[1]]).toEqual([
        400,
        "The device did not ask for that. Type the code again.",
      ]);
      expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
    },
  );
});

describe("the name of a device", () => {
  it.each([
    ["Living room", "Living room"],
    ["  two \n lines\u202e ", "two lines"],
    ["x".repeat(61), "x".repeat(60)],
    [" \u200b ", null],
    ["", null],
  ])("%j is what its session is called: %j", async (device_name, name) => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);

    await browser.submit(form("/device"), { device_name, decision: "approve" });
    await poll(service, deviceCode);

    const account = await accountIdOf(person);
    const sessions = await service.ports.sessions.list(account, new Date());
    expect(sessions.map((session) => session.name)).toContain(name);
    const [event] = await service.ports.auditLog.list(account, 1);
    expect(event).toMatchObject({ event: "device-approved", subject: name ?? "Test TV" });
  });
});
