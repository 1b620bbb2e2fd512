import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEVICE_CODE_GRANT } from "../../src/core/client/client.ts";
import { oneClient } from "../support/authorization.ts";
import { Browser, type Fields, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerClients);

async function decide(browser: Browser, userCode: string, decision: string) {
  const { form } = await browser.open(`/device?user_code=${userCode}`);
  return browser.submit(form("/device"), { decision });
}

async function accountOf(email: string): Promise<string> {
  const account = await env.DB.prepare("SELECT id FROM accounts WHERE email = ?")
    .bind(email)
    .first<{ id: string }>();
  return account?.id ?? "";
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

    const account = await accountOf(person.email);
    const sessions = await service.ports.sessions.list(account, new Date());
    expect(sessions.map((session) => session.name)).toContain(name);
    const [event] = await service.ports.auditLog.list(account, 1);
    expect(event).toMatchObject({ event: "device-approved", subject: name ?? "Test TV" });
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

    const account = await accountOf(person.email);
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
    const account = await accountOf(person.email);
    const before = await service.ports.auditLog.list(account, 10);
    const { csrf = "" } = (await browser.open("/device")).form("/device").fields;

    const { status } = await browser.post("/device", {
      ...{ csrf, user_code: userCode, typed: "on", decision: "approve" },
    });

    expect(status).toBe(409);
    expect(await service.ports.auditLog.list(account, 10)).toEqual(before);
  });
});

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

  it("DEV-18: from another site has it filled in, and is asked all the same", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const link = `/device?user_code=${userCode}`;

    const { form } = await browser.open(link, { "sec-fetch-site": "cross-site" });
    const page = await browser.submit(form("/device"));

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
