import { describe, expect, it } from "vitest";
import { accountRoutes } from "../../src/pages/account/account-pages.ts";
import { signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { provedMember } from "../support/members.ts";
import { startPostOffice } from "../support/post-office.ts";
import { secondFactorOf } from "../support/second-factor.ts";

const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };
const FIVE_MINUTES = 300;

/** What each page reads beside who asks: one round trip more. */
const reads: Record<string, number> = {
  "/account": 1,
  "/account/profile": 0,
  "/account/security": 1,
  "/account/security/password": 1,
  "/account/security/email": 0,
  "/account/security/two-factor": 1,
  "/account/security/two-factor-off": 0,
  "/account/security/recovery-codes": 0,
  // Two reads at once: the list, and what a new one must not be.
  "/account/passkeys": 2,
  "/account/sessions": 1,
  "/account/sessions/elsewhere": 0,
  "/account/keys": 1,
  "/account/activity": 1,
};

/** Signed in, with the mail about it held and the tenant's looks remembered. */
async function signedInQuietly() {
  const office = startPostOffice();
  const { browser } = await signedInBrowser(office, await provedMember(office));
  await browser.open("/account");
  return browser;
}

describe("an account page asks for who is there, and once more for what it shows", () => {
  it("is counted for every page", () => {
    const pages = Object.keys(accountRoutes).filter((path) => accountRoutes[path]?.GET);

    expect(Object.keys(reads).toSorted()).toEqual(pages.toSorted());
  });

  it.each(Object.entries(reads))("%s: %i D1 beside the caller's", async (path, more) => {
    const browser = await signedInQuietly();

    const calls = await countCalls(() => browser.open(path));

    expect(calls).toEqual({ ...NOTHING, d1: 1 + more });
  });

  it.each(["two-factor", "two-factor-off", "recovery-codes"])(
    "no more with a second factor: /account/security/%s",
    async (page) => {
      stopClock();
      const service = startPostOffice();
      const { browser, person } = await signedInBrowser(service);
      await secondFactorOf(service, person);
      await browser.open("/account");

      const calls = await countCalls(() => browser.open(`/account/security/${page}`));

      expect(calls.d1).toBeLessThanOrEqual(2);
    },
  );

  it("and 1 D1 after the answer, when the session was not used for five minutes", async () => {
    stopClock();
    const browser = await signedInQuietly();
    passSeconds(FIVE_MINUTES + 1);
    // The tenant's looks are remembered for a minute.
    await browser.open("/signin");

    expect((await countCalls(() => browser.open("/account/sessions"))).d1).toBeLessThanOrEqual(3);
    expect((await countCalls(() => browser.open("/account/sessions"))).d1).toBe(2);
  });

  it("a form with a wrong token costs the look for who is there, and nothing more", async () => {
    const browser = await signedInQuietly();

    const calls = await countCalls(() => browser.post("/account/keys", { csrf: "x" }));

    expect(calls).toEqual({ ...NOTHING, d1: 1 });
  });

  it("a forged cookie costs nothing", async () => {
    const browser = await signedInQuietly();
    const own = browser.cookies.get("latchkey") ?? "";
    browser.cookies.set("latchkey", own.slice(0, -2) + (own.endsWith("AA") ? "BA" : "AA"));

    expect(await countCalls(() => browser.open("/account"))).toEqual(NOTHING);
  });
});
