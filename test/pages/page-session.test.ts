import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { pageCookieFor } from "../../src/core/session/identify.ts";
import { asking } from "../support/asking.ts";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";
import { stopClock } from "../support/clock.ts";
import { registered } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";

const HOUR_MS = 3_600_000;
const COOKIE = "latchkey";

const service = startService();

afterEach(() => {
  vi.useRealTimers();
});

describe("the session of a page", () => {
  it("SES-04: ends after a day, however often it was used", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { browser } = await signedInBrowser(service);

    vi.advanceTimersByTime(12 * HOUR_MS);
    expect(await isSignedIn(browser)).toBe(true);
    vi.advanceTimersByTime(12 * HOUR_MS - 1);
    expect(await isSignedIn(browser)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("SES-02: is a new one at each sign-in, and the one this browser had is dead", async () => {
    const { browser, person } = await signedInBrowser(service);
    const before = browser.copy();

    await browser.signIn(person);

    expect(browser.cookies.get(COOKIE)).not.toBe(before.cookies.get(COOKIE));
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(before)).toBe(false);
  });

  it("SES-02: is never one that somebody planted in the browser", async () => {
    const { browser: attacker } = await signedInBrowser(service);
    const victim = attacker.copy();
    const person = await registered(service);

    await victim.signIn(person);

    expect(victim.cookies.get(COOKIE)).not.toBe(attacker.cookies.get(COOKIE));
    expect((await victim.open("/device")).lines).toContain(`Signed in as ${person.email}`);
    expect((await attacker.open("/device")).lines).not.toContain(`Signed in as ${person.email}`);
  });

  it("belongs to one browser: another sign-in elsewhere leaves it alone", async () => {
    const { browser, person } = await signedInBrowser(service);

    await signedInBrowser(service, person);

    expect(await isSignedIn(browser)).toBe(true);
  });

  it("SES-05: ends at once when the account is disabled", async () => {
    const { browser, person } = await signedInBrowser(service);

    await env.DB.prepare("UPDATE accounts SET disabled_at = 1 WHERE email = ?")
      .bind(person.email)
      .run();

    expect(await isSignedIn(browser)).toBe(false);
  });

  it("SES-02: is named by 256 bits that nobody can guess, and by nothing about the person", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { context } = asking(startPostOffice());
    const drawn = await Promise.all(
      Array.from({ length: 1_000 }, () => pageCookieFor(context, crypto.randomUUID())),
    );

    const cookies = [browser.cookies.get(COOKIE) ?? "", ...drawn].map(partsOf);

    expect(cookies[0]?.content).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(cookies[0]?.content).not.toContain(person.email);
    expect(new Set(cookies.map(({ secret }) => secret.length))).toEqual(new Set([64]));
    expect(new Set(cookies.map(({ secret }) => secret)).size).toBe(1_001);
    for (let place = 0; place < 64; place++) {
      const digits = cookies.map(({ secret }) => secret.charAt(place));
      expect(chiSquared(digits, HEX)).toBeLessThan(chiSquaredBound(HEX));
    }
  });

  it("SES-02: is none before the second factor, and a new one once it is given", async () => {
    stopClock();
    const person = await registered(service);
    const { app } = await secondFactorOf(service, person);
    const browser = new Browser(service);
    const { email, password } = person;

    const first = await browser.submit((await browser.open("/signin")).form("/signin"), {
      email,
      password,
    });
    expect([...browser.cookies]).toEqual([]);
    await browser.submit(first.form("/signin/code"), { code: app.nextCode() });

    expect([...browser.cookies.keys()]).toEqual([COOKIE]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("SES-02: cannot be made up", async () => {
    const { browser } = await signedInBrowser(service);
    const cookie = browser.cookies.get(COOKIE) ?? "";
    const formToken = (await browser.open("/device")).form("/signout").fields.csrf ?? "";
    const forged = [
      cookie.slice(0, -1) + (cookie.endsWith("A") ? "B" : "A"),
      cookie.slice(0, -8),
      `x${cookie}`,
      cookie.toUpperCase(),
      formToken,
      crypto.randomUUID(),
      "",
      ".",
      "%00",
      "x".repeat(4000),
    ];

    for (const value of forged) {
      const forger = new Browser(service);
      forger.cookies.set(COOKIE, value);
      expect(await isSignedIn(forger), value.slice(0, 80)).toBe(false);
    }
  });
});

describe("signing out", () => {
  it("SES-03: kills the session everywhere and makes the browser forget it", async () => {
    const { browser } = await signedInBrowser(service);
    const stolen = browser.copy();

    const answer = await signOut(browser);

    expect(answer.status).toBe(303);
    expect(answer.location).toBe("/signin");
    expect(answer.headers.getSetCookie()).toEqual([
      "latchkey=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
    ]);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(stolen)).toBe(false);
  });

  it("leaves the same person's other browsers signed in", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { browser: other } = await signedInBrowser(service, person);

    await signOut(browser);

    expect(await isSignedIn(other)).toBe(true);
  });

  it("is harmless when nobody is signed in", async () => {
    const { status, location } = await new Browser(service).post("/signout", {});

    expect({ status, location }).toEqual({ status: 303, location: "/signin" });
  });

  it("is harmless from a page that was left open past the end of the session", async () => {
    const { browser } = await signedInBrowser(service);
    const leftOpen = browser.copy();
    const { form } = await leftOpen.open("/device");
    await signOut(browser);

    const { status, location } = await leftOpen.submit(form("/signout"));

    expect({ status, location }).toEqual({ status: 303, location: "/signin" });
    expect(leftOpen.cookies.size).toBe(0);
  });

  it("is nothing that a link or an image can do", async () => {
    const { browser } = await signedInBrowser(service);

    const { status, headers } = await browser.open("/signout");

    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "POST" });
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe("in production", () => {
  let production: TestService;

  beforeAll(() => {
    production = startService({
      ENVIRONMENT: "production",
      PUBLIC_URL: "https://auth.example.test",
      PASSWORD_ITERATIONS: "600000",
    });
  });

  it("SES-01: the cookie is held to this host and to TLS, when it is set and when it is cleared", async () => {
    const person = await registered(production);
    const browser = new Browser(production);

    const signedIn = await browser.signIn(person);
    const signedOut = await signOut(browser);

    expect([...signedIn.headers.getSetCookie(), ...signedOut.headers.getSetCookie()]).toEqual([
      expect.stringMatching(
        /^__Host-latchkey=[\w.-]{40,}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
      "__Host-latchkey=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("a cookie without the prefix, which a neighbouring host could have set, counts for nothing", async () => {
    const { browser } = await signedInBrowser(production);
    const tossed = new Browser(production);

    tossed.cookies.set("latchkey", browser.cookies.get("__Host-latchkey") ?? "");

    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(tossed)).toBe(false);
  });
});

const HEX = "0123456789abcdef";

/** The session's id, and the digits of the code that shows that we wrote it. */
function partsOf(cookie: string): { content: string; secret: string } {
  const bytes = Uint8Array.fromBase64(cookie, { alphabet: "base64url" });
  return {
    content: new TextDecoder().decode(bytes.slice(0, -32)),
    secret: bytes.slice(-32).toHex(),
  };
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  const { status, location } = await browser.open("/device");
  if (status === 303) {
    expect(location).toBe("/signin?return_to=%2Fdevice");
  }
  return status === 200;
}

async function signOut(browser: Browser) {
  const { form } = await browser.open("/device");
  return browser.submit(form("/signout"));
}
