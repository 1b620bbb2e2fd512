import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Browser, type Page, readingIn, signedInBrowser } from "../support/browser.ts";
import { registerClients, TV } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const GRANT_SECONDS = 900;

const service = startService();

beforeAll(registerClients);

afterEach(() => {
  vi.useRealTimers();
});

describe("a visitor who is signed out", () => {
  it("is sent to sign in and comes back with the code", async () => {
    const { userCode } = await startedDevice(startService());
    const { email, password } = await registered(service);
    const browser = new Browser(service);

    const sentAway = await browser.open(`/device?user_code=${userCode}`);
    const signInPage = await browser.follow(sentAway);
    const signedIn = await browser.submit(signInPage.form("/signin"), { email, password });
    const confirmation = await browser.follow(signedIn);

    expect(sentAway.location).toBe(`/signin?return_to=%2Fdevice%3Fuser_code%3D${userCode}`);
    expect(signedIn.location).toBe(`/device?user_code=${userCode}`);
    expect(confirmation.lines.slice(0, 2)).toEqual(["Does your device show this code?", userCode]);
  });

  it("keeps the code through a wrong password", async () => {
    const { userCode } = await startedDevice(startService());
    const { email, password } = await registered(service);
    const browser = new Browser(service);

    const { form } = await browser.follow(await browser.open(`/device?user_code=${userCode}`));
    const again = await browser.submit(form("/signin"), { email, password: "wrong" });
    const { location } = await browser.submit(again.form("/signin"), { email, password });

    expect(location).toBe(`/device?user_code=${userCode}`);
  });

  it("decides nothing: a form sent after the session has ended leads back to the code", async () => {
    const { userCode, deviceCode } = await startedDevice(startService());
    const { browser } = await signedInBrowser(service);
    const leftOpen = browser.copy();
    const { form } = await leftOpen.open(`/device?user_code=${userCode}`);
    await browser.submit((await browser.open("/device")).form("/signout"));

    const { location } = await leftOpen.submit(form("/device"), { decision: "approve" });

    expect(location).toBe(`/signin?return_to=%2Fdevice%3Fuser_code%3D${userCode}`);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });
});

describe("a link with the code", () => {
  it("DEV-18: shows what is asking and never decides, whatever else is in it", async () => {
    const { browser } = await signedInBrowser(service);
    const { verificationUriComplete, userCode, deviceCode } = await startedDevice(startService());
    const { form, lines } = await browser.open(verificationUriComplete);
    const { csrf } = form("/device").fields;

    const links = [
      await browser.open(verificationUriComplete),
      await browser.open(`${verificationUriComplete}&decision=approve&approve=true&csrf=${csrf}`),
      await browser.send(verificationUriComplete, { method: "HEAD" }),
      await browser.open(verificationUriComplete, { "sec-purpose": "prefetch" }),
    ];

    expect(lines.slice(0, 3)).toEqual([
      "Does your device show this code?",
      userCode,
      "Test TV (test-tv) wants to use your account.",
    ]);
    expect(lines).toContain("I can see the device, and it shows exactly this code.");
    expect(form("/device").boxes).toHaveProperty("compared");
    expect(links.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });
});

describe("DEV-07: a code is read as people type it", () => {
  const spellings: [how: string, spell: (code: string) => string][] = [
    ["as it is shown", (code) => code],
    ["in lower case", (code) => code.toLowerCase()],
    ["without the dash", (code) => code.replace("-", "")],
    ["with a space for the dash", (code) => code.replace("-", " ")],
    ["with a dash after each pair", (code) => code.replace("-", "").match(/../g)?.join("-") ?? ""],
    ["with a long dash", (code) => code.replace("-", "–")],
    ["with spaces around it", (code) => `  ${code} `],
  ];

  it.each(spellings)("%s", async (_, spell) => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { form } = await browser.open("/device");
    const { status, lines } = await browser.submit(form("/device"), { user_code: spell(userCode) });

    expect({ status, code: lines[1] }).toEqual({ status: 200, code: userCode });
  });
});

describe("a code that leads nowhere is answered with what to do", () => {
  it("unknown: 404", async () => {
    const { browser } = await signedInBrowser(service);

    const answer = await browser.open("/device?user_code=BBBB-BBBB");

    expect(problemOf(answer)).toEqual({
      status: 404,
      title: "Error: Connect a device – Latchkey",
      problem: "No device is waiting under that code. Check it and type it again.",
    });
  });

  it("DEV-12: expired: 400, from the second on in which it ends", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const lookAt = () => browser.open(`/device?user_code=${userCode}`);

    vi.advanceTimersByTime(GRANT_SECONDS * 1000 - 1);
    expect((await lookAt()).status).toBe(200);
    vi.advanceTimersByTime(1);
    expect(problemOf(await lookAt())).toEqual({
      status: 400,
      title: "Error: Connect a device – Latchkey",
      problem: "That code has expired. Start again on your device to get a new one.",
    });
  });

  it("DEV-12: expired while it was being looked at: 400, and nothing is approved", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);

    vi.advanceTimersByTime(GRANT_SECONDS * 1000);
    const { status } = await browser.submit(form("/device"), { decision: "approve" });

    expect(status).toBe(400);
    expect((await poll(service, deviceCode)).body.error.code).toBe("expired_token");
  });

  it.each(["approve", "deny"])("decided by %s: 409", async (decision) => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision });

    expect(problemOf(await browser.open(`/device?user_code=${userCode}`))).toEqual({
      status: 409,
      title: "Error: Connect a device – Latchkey",
      problem:
        "That code was used already. If you still need to connect, start again on your device.",
    });
  });

  it("already signed in with: 409", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision: "approve" });
    expect((await poll(service, deviceCode)).status).toBe(200);

    expect((await browser.open(`/device?user_code=${userCode}`)).status).toBe(409);
  });

  it("DEV-16: the secret code of the device itself: 400, typed, by a link and in an approval", async () => {
    const { browser } = await signedInBrowser(service);
    const { deviceCode } = await startedDevice(startService());
    const { csrf = "" } = (await browser.open("/device")).form("/device").fields;

    const answers = [
      await browser.post("/device", { user_code: deviceCode }),
      await browser.open(`/device?user_code=${deviceCode}`),
      await browser.post("/device", {
        ...{ csrf, user_code: deviceCode, typed: "on", decision: "approve" },
      }),
    ];

    for (const answer of answers) {
      expect(problemOf(answer)).toEqual({
        status: 400,
        title: "Error: Connect a device – Latchkey",
        problem: "That is not a code. Type the eight letters on your device.",
      });
    }
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("each time the page lets another one be typed", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { form } = await browser.open("/device?user_code=BBBB-BBBB");
    const { lines } = await browser.submit(form("/device"), { user_code: userCode });

    expect(lines[1]).toBe(userCode);
  });
});

describe("a code that leads nowhere is answered in the person's language", () => {
  const german = "de-CH, en;q=0.5";

  it.each([
    [
      "none",
      404,
      "Unter diesem Code wartet kein Gerät. Prüfen Sie ihn und geben Sie ihn noch einmal ein.",
    ],
    [
      "B".repeat(33),
      400,
      "Das ist kein Code. Geben Sie die acht Buchstaben ein, die Ihr Gerät zeigt.",
    ],
  ])("%s: %i", async (code, status, problem) => {
    const { browser } = await signedInBrowser(service);

    const page = await readingIn(german, () => browser.open(`/device?user_code=${code}`));

    expect(page.lang).toBe("de");
    expect(problemOf(page)).toEqual({
      status,
      title: "Fehler: Gerät verbinden – Latchkey",
      problem,
    });
  });

  it("used: 409", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision: "deny" });

    const page = await readingIn(german, () => browser.open(`/device?user_code=${userCode}`));

    expect(problemOf(page)).toEqual({
      status: 409,
      title: "Fehler: Gerät verbinden – Latchkey",
      problem:
        "Dieser Code wurde schon verwendet. Wenn Sie das Gerät noch verbinden möchten, beginnen Sie dort noch einmal.",
    });
  });
});

describe("a user code", () => {
  it("DEV-16: is nothing that a device could sign in with", async () => {
    const { userCode } = await startedDevice(startService());

    const { status, body } = await poll(service, userCode, TV);

    expect({ status, code: body.error.code }).toEqual({ status: 400, code: "invalid_grant" });
  });

  it("is in no line of the log and in no address without the person's doing", async () => {
    const log = vi.spyOn(console, "info");
    const { browser } = await signedInBrowser(service);
    const { userCode, verificationUri } = await startedDevice(startService());

    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision: "approve" });

    const logged = log.mock.calls.flat().join("\n");
    expect(logged).toContain("decideDeviceGrant");
    expect(logged).not.toContain(userCode);
    expect(logged).not.toContain(userCode.replace("-", ""));
    expect(verificationUri).toBe("http://localhost:8787/device");
    log.mockRestore();
  });
});

function problemOf({ status, title, lines }: Page) {
  return { status, title, problem: lines[1] };
}
