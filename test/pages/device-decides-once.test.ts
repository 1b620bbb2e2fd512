import { beforeAll, describe, expect, it } from "vitest";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startService } from "../support/service.ts";
import { decide } from "./decide.ts";

const service = startService();

beforeAll(registerClients);

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
