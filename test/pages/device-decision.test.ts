import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser, type Fields, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { accountIdOf } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { decide } from "./decide.ts";

const service = startService();

beforeAll(registerClients);

describe("approving", () => {
  it("signs the device in, once, as the person who approved", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());

    const { status, lines, elements } = await decide(browser, userCode, "approve");
    const first = await poll(service, deviceCode);
    const second = await poll(service, deviceCode);

    expect({ status, lines: lines.slice(0, -2) }).toEqual({
      status: 200,
      lines: [
        "Device approved",
        "Test TV is being signed in to your account now, under the name Test TV.",
        "You can close this page and go back to your device.",
        "You can end its access at any time where your sessions and devices are listed.",
        "Your sessions and devices",
      ],
    });
    expect(
      elements.filter(({ attributes }) => attributes.href === "/account/sessions"),
    ).toHaveLength(1);
    expect(first).toMatchObject({ status: 200, body: { user: { email: person.email } } });
    expect(second).toMatchObject({ status: 400, body: { error: { code: "invalid_grant" } } });
  });

  it("hands the browser nothing of what the device gets", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());

    const { source, headers } = await decide(browser, userCode, "approve");
    const { body } = await poll(service, deviceCode);

    expect(headers.getSetCookie()).toEqual([]);
    for (const secret of [deviceCode, body.accessToken, body.refreshToken]) {
      expect(source).not.toContain(secret);
    }
  });

  it("outlives the page: signing out of it leaves the device signed in", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    await decide(browser, userCode, "approve");

    await browser.submit((await browser.open("/device")).form("/signout"));

    expect((await poll(service, deviceCode)).status).toBe(200);
  });
});

describe("DEV-17: to approve takes somebody who is in, on our own page", () => {
  it("with the token of their form", async () => {
    const { browser } = await signedInBrowser(service);
    const { browser: stranger } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const page = `/device?user_code=${userCode}`;
    const approval: Fields = {
      ...(await browser.open(page)).form("/device").fields,
      ...{ compared: "on", decision: "approve" },
    };
    const { csrf: own = "", ...unsigned } = approval;
    const { csrf: theirs = "" } = (await stranger.open(page)).form("/device").fields;
    const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

    const answers = [
      await new Browser(service).post("/device", approval),
      await browser.post("/device", unsigned),
      await browser.post("/device", { ...unsigned, csrf: theirs }),
      await browser.post("/device", approval, evil),
      await browser.post("/device", approval, { ...evil, origin: "null" }),
      await browser.open(`/device?${new URLSearchParams(approval)}`, evil),
    ];

    expect(theirs).not.toBe(own);
    expect(answers.map(({ status }) => status)).toEqual([303, 403, 403, 403, 403, 200]);
    expect(answers[0]?.location).toMatch(/^\/signin\?/);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
    expect((await browser.post("/device", approval)).status).toBe(200);
    expect((await poll(service, deviceCode)).status).toBe(200);
  });
});

describe("denying", () => {
  it("refuses the device for good", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());

    const { status, lines } = await decide(browser, userCode, "deny");
    const polls = [await poll(service, deviceCode), await poll(service, deviceCode)];

    expect({ status, lines: lines.slice(0, -2) }).toEqual({
      status: 200,
      lines: [
        "Device denied",
        "Test TV gets no access to your account. It is told so now, and its code no longer works.",
        "If you denied it by mistake, start again on your device to get a new code.",
        "If you did not start this, somebody may have tried to get into your account. They got nothing, and you need do nothing more: only never type a code that somebody else gave you. If they know your password too, set a new one.",
        "Set a new password",
      ],
    });
    expect(polls.map(({ body }) => body.error.code)).toEqual(["access_denied", "access_denied"]);
  });
});

describe("what was decided is written down", () => {
  it.each([
    ["approve", "device-approved", "Test TV"],
    ["deny", "device-denied", "Test TV"],
  ])("%s: as %s, with what was decided about and from where", async (decision, event, subject) => {
    const { browser, person } = await signedInBrowser(service);
    browser.place = { city: "Lisbon", country: "PT" };
    const { userCode, deviceCode } = await startedDevice(startService());

    await decide(browser, userCode, decision);

    const account = await accountIdOf(person);
    const [told] = await service.ports.auditLog.list(account, 1);
    expect(told).toMatchObject({
      event,
      actorId: account,
      subject,
      address: browser.address,
      city: "Lisbon",
      country: "PT",
    });
    const { accessToken } = (await poll(service, deviceCode)).body;
    const session = accessToken ? decodeJwt(accessToken)["sid"] : null;
    expect(told?.sessionId).toBe(session);
  });

  it("and what was refused is not", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    await decide(browser, userCode, "deny");
    const account = await accountIdOf(person);
    const before = await service.ports.auditLog.list(account, 10);
    const { csrf = "" } = (await browser.open("/device")).form("/device").fields;

    const { status } = await browser.post("/device", {
      ...{ csrf, user_code: userCode, typed: "on", decision: "approve" },
    });

    expect(status).toBe(409);
    expect(await service.ports.auditLog.list(account, 10)).toEqual(before);
  });
});
