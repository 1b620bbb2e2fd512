import { beforeAll, describe, expect, it } from "vitest";
import { DEVICE_CODE_GRANT } from "../../src/core/client/client.ts";
import { oneClient } from "../support/authorization.ts";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startService } from "../support/service.ts";
import { decide } from "./decide.ts";

const service = startService();

beforeAll(registerClients);

describe("a device whose client demands one place", () => {
  const HERE = { city: "Lisbon", country: "PT", asOrganization: "Example Telecom" };
  const ELSEWHERE = { ...HERE, country: "ES" };

  const startedIn = async (samePlace: "country" | "network", place: typeof HERE) => {
    const clientId = await oneClient({ samePlace, grants: [DEVICE_CODE_GRANT] });
    return { clientId, ...(await startedDevice(startService(), { clientId, place })) };
  };

  it.each([
    [
      "country",
      "This app lets in only devices that are in the same country as whoever approves. As far as we can see, yours is not.",
      ["The device is in another country than you."],
    ],
    [
      "network",
      "This app lets in only devices that are on the same network as whoever approves, in the same country. As far as we can see, yours is not.",
      ["The device is in another country than you."],
    ],
  ] as const)(
    "is not there to be approved from elsewhere (%s), and says why",
    async (samePlace, demand, seen) => {
      const { browser } = await signedInBrowser(service);
      browser.place = ELSEWHERE;
      const { userCode, deviceCode, clientId } = await startedIn(samePlace, HERE);

      const page = await browser.open(`/device?user_code=${userCode}`);
      const denied = await browser.submit(page.form("/device"), { decision: "deny" });

      const start = page.lines.indexOf("You cannot approve this from here");
      expect(page.lines.slice(start, page.lines.indexOf("Is it where you are?"))).toEqual([
        "You cannot approve this from here",
        demand,
        ...seen,
        "If the device is in front of you, go on with a phone or computer that is on the same network as the device, without a VPN, and type the code there. If it is not, deny.",
      ]);
      expect(page.form("/device").buttons).toEqual([
        { type: "submit", name: "decision", value: "deny", formnovalidate: "" },
      ]);
      expect(page.form("/device").boxes).toEqual({});
      expect(denied.status).toBe(200);
      expect((await poll(service, deviceCode, clientId)).body.error.code).toBe("access_denied");
    },
  );

  it("is not approved by who left in between: they are shown why, and can deny", async () => {
    const { browser } = await signedInBrowser(service);
    browser.place = HERE;
    const { userCode, deviceCode, clientId } = await startedIn("network", HERE);
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    browser.place = { ...HERE, asOrganization: "A VPN" };

    const page = await browser.submit(form("/device"), { decision: "approve" });

    expect([page.status, page.lines[1]]).toEqual([
      403,
      "This app lets in only devices that are where you are, and as far as we can see yours is not. Nothing was approved.",
    ]);
    expect(page.form("/device").buttons).toHaveLength(1);
    expect((await poll(service, deviceCode, clientId)).body.error.code).toBe(
      "authorization_pending",
    );
  });

  it("is approved from the same place", async () => {
    const { browser } = await signedInBrowser(service);
    browser.place = HERE;
    const { userCode, deviceCode, clientId } = await startedIn("network", HERE);

    await decide(browser, userCode, "approve");

    expect((await poll(service, deviceCode, clientId)).status).toBe(200);
  });
});
