import { beforeAll, describe, expect, it } from "vitest";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerClients);

describe("whoever came by a link", () => {
  const problem =
    "Compare the code with the one on your device, and tick the box if they are the same. If your device shows another one or none, deny.";

  it("DEV-18: has to say that they compared the code, and keeps what they filled in", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    const filled = { compared: null, "scope.profile": null, device_name: "Attic" };

    const again = await browser.submit(form("/device"), { ...filled, decision: "approve" });

    expect([again.status, again.title]).toEqual([400, "Error: Confirm a device – Latchkey"]);
    expect(again.lines.slice(0, 3)).toEqual([
      "Does your device show this code?",
      problem,
      userCode,
    ]);
    const { fields } = again.form("/device");
    expect(fields).toMatchObject({ device_name: "Attic", "scope.profile%3Aread": "on" });
    expect(fields).not.toHaveProperty("scope.profile");
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("DEV-18: has not compared it yet: the box is empty until they tick it", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { elements } = await browser.open(`/device?user_code=${userCode}`);

    const box = elements.find(({ attributes }) => attributes.name === "compared");
    expect(box?.attributes).toEqual({
      id: "compared",
      name: "compared",
      type: "checkbox",
      value: "on",
      required: "",
    });
  });

  it("can deny without", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);

    await browser.submit(form("/device"), { compared: null, decision: "deny" });

    expect((await poll(service, deviceCode)).body.error.code).toBe("access_denied");
  });

  it.each([
    ["another site", "cross-site"],
    ["a neighbouring host", "same-site"],
  ])("DEV-18: from %s has it filled in, and is asked all the same", async (_, site) => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const link = `/device?user_code=${userCode}`;

    const { form, title } = await browser.open(link, { "sec-fetch-site": site });
    const page = await browser.submit(form("/device"));

    expect([title, form("/device").fields.user_code]).toEqual([
      "Connect a device – Latchkey",
      userCode,
    ]);
    expect(page.form("/device").boxes).toHaveProperty("compared");
  });
});

describe("whoever typed the code", () => {
  it("is told where it must have come from, and has nothing to compare", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open("/device");

    const page = await browser.submit(form("/device"), { user_code: userCode });
    const approved = await browser.submit(page.form("/device"), { decision: "approve" });

    expect(page.lines.slice(0, 3)).toEqual([
      "Connect this device?",
      userCode,
      "Go on only if you read this code off the device yourself. If somebody sent or told it to you, deny: they would get into your account.",
    ]);
    expect(page.form("/device").boxes).not.toHaveProperty("compared");
    expect(approved.status).toBe(200);
    expect((await poll(service, deviceCode)).status).toBe(200);
  });
});
