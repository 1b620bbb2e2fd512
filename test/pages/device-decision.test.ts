import { beforeAll, describe, expect, it } from "vitest";
import { type Browser, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerClients);

async function decide(browser: Browser, userCode: string, decision: string) {
  const { form } = await browser.open(`/device?user_code=${userCode}`);
  return browser.submit(form("/device"), { decision });
}

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
        "You can end its access at any time in the list of your sessions and devices.",
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
        "Test TV gets no access to your account. It is told so now, and its code is good for nothing any more.",
        "If you did not start this, somebody may have tried to get into your account. They got nothing, and you need do nothing more: only never type a code that somebody else gave you. If they know your password too, set a new one.",
        "If you denied it by mistake, start again on your device to get a new code.",
      ],
    });
    expect(polls.map(({ body }) => body.error.code)).toEqual(["access_denied", "access_denied"]);
  });
});

describe("the first decision is final", () => {
  it.each([
    ["approve", "deny"],
    ["deny", "approve"],
    ["approve", "approve"],
  ])("after %s, %s is refused", async (first, second) => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision: first });

    const { status } = await browser.submit(form("/device"), { decision: second });

    expect(status).toBe(409);
    expect((await poll(service, deviceCode)).status).toBe(first === "approve" ? 200 : 400);
  });

  it("for another person too, whose page was open before", async () => {
    const { browser: ours, person } = await signedInBrowser(service);
    const { browser: theirs } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await theirs.open(`/device?user_code=${userCode}`);
    await decide(ours, userCode, "approve");

    const { status } = await theirs.submit(form("/device"), { decision: "approve" });

    expect(status).toBe(409);
    expect((await poll(service, deviceCode)).body.user.email).toBe(person.email);
  });

  it("of eight people who decide at once, one does", async () => {
    const { userCode, deviceCode } = await startedDevice(startService());
    const people = await Promise.all(Array.from({ length: 8 }, () => signedInBrowser(service)));
    const pages = await Promise.all(
      people.map(({ browser }) => browser.open(`/device?user_code=${userCode}`)),
    );

    const answers = await Promise.all(
      people.map(({ browser }, index) => {
        const decision = index % 2 === 0 ? "approve" : "deny";
        const [form] = pages[index]?.forms ?? [];
        return form ? browser.submit(form, { decision }) : null;
      }),
    );

    const statuses = answers.map((answer) => answer?.status);
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    const winner = statuses.indexOf(200);
    const { body } = await poll(service, deviceCode);
    if (winner % 2 === 0) {
      expect(body.user.email).toBe(people[winner]?.person.email);
    } else {
      expect(body.error.code).toBe("access_denied");
    }
  });
});

describe("what is neither yes nor no", () => {
  it.each(["", "APPROVE", "yes", "true", "approve,deny"])(
    "%j decides nothing",
    async (decision) => {
      const { browser } = await signedInBrowser(service);
      const { userCode, deviceCode } = await startedDevice(startService());
      const { form } = await browser.open(`/device?user_code=${userCode}`);

      const { status } = await browser.post("/device", { ...form("/device").fields, decision });

      expect(status).toBe(400);
      expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
    },
  );

  it("both at once decide nothing", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    const body = new URLSearchParams({ ...form("/device").fields, decision: "deny" });
    body.append("decision", "approve");

    const { status } = await browser.send("/device", {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body,
    });

    expect(status).toBe(400);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });
});
