import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const WRONG_CODES = ["BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG"];
const WINDOW_SECONDS = 900;

const service = startService();

beforeAll(registerClients);

afterEach(() => {
  vi.useRealTimers();
});

describe("DEV-08: after five wrong codes", () => {
  it("a right one is refused too, with when to come back", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    await typeWrongCodes(browser);

    const answer = await browser.open(`/device?user_code=${userCode}`);

    expect([answer.status, answer.lines[1]]).toEqual([
      429,
      "Too many codes were tried. Try again in 15 minutes.",
    ]);
    expect(answer.headers.get("retry-after")).toBe(String(WINDOW_SECONDS));
  });

  it("it is refused in the words in which a sixth wrong one is", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    await typeWrongCodes(browser);

    const right = await browser.open(`/device?user_code=${userCode}`);
    const wrong = await browser.open("/device?user_code=HHHH-HHHH");

    expect([right.status, right.source]).toEqual([wrong.status, wrong.source]);
  });

  it("a right one cannot be approved either, though its page was open before", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await typeWrongCodes(browser);

    const { status } = await browser.submit(form("/device"), { decision: "approve" });

    expect(status).toBe(429);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("another session of the same account is refused, wherever it is", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    await typeWrongCodes(browser);

    const { browser: elsewhere } = await signedInBrowser(service, person);

    expect((await elsewhere.open(`/device?user_code=${userCode}`)).status).toBe(429);
  });

  it("another account at the same address is refused, and elsewhere it is not", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    await typeWrongCodes(browser);
    const other = await registered(service);
    const sameAddress = new Browser(service, browser.address);
    await sameAddress.signIn(other);
    const { browser: elsewhere } = await signedInBrowser(service, other);

    expect((await sameAddress.open(`/device?user_code=${userCode}`)).status).toBe(429);
    expect((await elsewhere.open(`/device?user_code=${userCode}`)).status).toBe(200);
  });

  it("a quarter of an hour later codes are taken again", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);
    await typeWrongCodes(browser);

    vi.advanceTimersByTime(WINDOW_SECONDS * 1000);
    const { userCode } = await startedDevice(startService());

    expect((await browser.open(`/device?user_code=${userCode}`)).status).toBe(200);
  });

  it("wrong codes count however they are sent: as a link, typed, or in a decision", async () => {
    const { browser } = await signedInBrowser(service);
    const { csrf = "" } = (await browser.open("/device")).form("/device").fields;
    const [first = "", second = "", third = "", fourth = "", fifth = ""] = WRONG_CODES;

    const answers = [
      await browser.open(`/device?user_code=${first}`),
      await browser.post("/device", { user_code: second }),
      await browser.post("/device", { csrf, user_code: third, decision: "approve" }),
      await browser.post("/device", { csrf, user_code: fourth, decision: "deny" }),
      await browser.send("/api/v2/auth/device/authorize", {
        method: "POST",
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        body: JSON.stringify({ userCode: fifth }),
      }),
      await browser.open("/device?user_code=HHHH-HHHH"),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 429]);
  });

  it("what cannot be a code, and what is right, costs no try", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    for (const typed of ["HELLO", "AEIO-UAEI", "1234-5678", "BCDF", `${userCode}B`, "💥"]) {
      const { status } = await browser.open(`/device?user_code=${encodeURIComponent(typed)}`);
      expect(status, typed).toBe(404);
    }
    for (let times = 0; times < 10; times++) {
      expect((await browser.open(`/device?user_code=${userCode}`)).status).toBe(200);
    }
    await typeWrongCodes(browser);
  });
});

async function typeWrongCodes(browser: Browser): Promise<void> {
  for (const code of WRONG_CODES) {
    const { form } = await browser.open("/device");
    const { status } = await browser.submit(form("/device"), { user_code: code });
    expect(status).toBe(404);
  }
}
