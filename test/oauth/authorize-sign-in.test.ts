import { beforeAll, describe, expect, it } from "vitest";
import { ask, authorizePath, replyOf, SPA_CALLBACK } from "../support/authorization.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;
const OWN = { client_id: "test-first-party" };
const GRANTED = { status: 303, to: SPA_CALLBACK, code: "(a code)", state: "a-state", iss: ISS };
const SPA_POLICY = /; form-action 'self' https:;/;

beforeAll(registerOAuthClients);

describe("signing in on the way to a client", () => {
  it("goes on with the request after a wrong password and after an empty form", async () => {
    const { email, password } = await registered(service);
    const browser = new Browser(service);
    let page = await browser.follow(await ask(browser, OWN));

    for (const typed of [
      { email: "", password: "" },
      { email, password: "wrong" },
    ]) {
      page = await browser.submit(page.form("/signin"), typed);
      expect(page.title).toBe("Error: Sign in – Latchkey");
      expect(page.headers.get("content-security-policy")).toMatch(SPA_POLICY);
    }
    const signedIn = await browser.submit(page.form("/signin"), { email, password });

    expect(replyOf(await browser.follow(signedIn))).toEqual(GRANTED);
  });

  it("says which app the person goes on to, and nothing of the kind without one", async () => {
    const browser = new Browser(service);

    expect((await browser.follow(await ask(browser, OWN))).lines).toContain(
      "Then you go on to The client test-first-party.",
    );
    expect((await browser.open("/signin")).source).not.toContain("go on to");
  });

  it("goes on with it by way of a second factor, and after a wrong code", async () => {
    stopClock();
    const person = await member(service);
    const { app } = await secondFactorOf(service, person);
    const browser = new Browser(service);
    const { email, password } = person;
    const signIn = await browser.follow(await ask(browser, { ...OWN, prompt: "login" }));
    const asked = await browser.submit(signIn.form("/signin"), { email, password });
    passSeconds(5);

    const wrong = await browser.submit(asked.form("/signin/code"), { code: app.wrongCode() });
    const signedIn = await browser.submit(wrong.form("/signin/code"), { code: app.nextCode() });

    for (const page of [asked, wrong]) {
      expect(page.headers.get("content-security-policy")).toMatch(SPA_POLICY);
    }
    expect(replyOf(await browser.follow(signedIn))).toEqual(GRANTED);
  });

  it("starts again with it when a second step took too long", async () => {
    stopClock();
    const person = await member(service);
    const { app } = await secondFactorOf(service, person);
    const browser = new Browser(service);
    const { email, password } = person;
    const signIn = await browser.follow(await ask(browser, OWN));
    const asked = await browser.submit(signIn.form("/signin"), { email, password });
    passSeconds(301);

    const again = await browser.submit(asked.form("/signin/code"), { code: app.nextCode() });

    const { href } = again.elements.find(({ attributes }) => attributes.class === "button")
      ?.attributes ?? { href: "" };
    expect(again.status).toBe(401);
    expect(returnToOf({ location: href ?? "" })).toMatch(/^\/oauth\/consent\?request=[\w-]+$/);
  });

  it("comes back to it as somebody else who signs out on the way", async () => {
    const { browser } = await signedInBrowser(service);
    const other = await registered(service);
    const consent = await ask(browser);

    const signedOut = await browser.submit(consent.form("/signout"));
    const signIn = await browser.follow(signedOut);
    const { email, password } = other;
    const signedIn = await browser.submit(signIn.form("/signin"), { email, password });
    const again = await browser.follow(signedIn);

    expect(again.lines).toContain(`Signed in as ${email}`);
    const answer = await browser.submit(again.form("/oauth/consent"), { decision: "allow" });
    expect(replyOf(answer)).toEqual(GRANTED);
  });

  it("fills in the address that the client hints at, and believes nothing of it", async () => {
    const { email, password } = await registered(service);
    const other = await registered(service);
    const browser = new Browser(service);
    const signIn = await browser.follow(await ask(browser, { login_hint: other.email }));
    const hostile = await browser.follow(await ask(browser, { login_hint: `"><script>` }));

    const signedIn = await browser.submit(signIn.form("/signin"), { email, password });

    expect(signIn.form("/signin").fields.email).toBe(other.email);
    expect(hostile.form("/signin").fields.email).toBe(`"><script>`);
    const scripts = [hostile, signIn].map(({ elements }) =>
      elements.filter(({ tag }) => tag === "script"),
    );
    expect(scripts[0]).toEqual(scripts[1]);
    expect((await browser.follow(signedIn)).lines).toContain(`Signed in as ${email}`);
  });

  it("keeps what was typed rather than what was hinted at", async () => {
    const browser = new Browser(service);
    const signIn = await browser.follow(await ask(browser, { login_hint: "hint@example.test" }));
    const typed = { email: "typed@example.test", password: "wrong" };

    const again = await browser.submit(signIn.form("/signin"), typed);

    expect(again.form("/signin").fields.email).toBe("typed@example.test");
  });

  it("takes too long after half an hour: then the app is where to start again", async () => {
    stopClock();
    const { email, password } = await registered(service);
    const browser = new Browser(service);
    const signIn = await browser.follow(await ask(browser, OWN));
    passSeconds(1800);

    const signedIn = await browser.submit(signIn.form("/signin"), { email, password });
    const page = await browser.follow(signedIn);

    expect([page.status, page.title, page.location]).toEqual([
      400,
      "That took too long – Latchkey",
      null,
    ]);
  });

  it("hides the request: nothing of it can be read in the address", async () => {
    const browser = new Browser(service);
    const { location } = await ask(browser, { state: "secret-state", nonce: "secret-nonce" });

    const sealed = returnToOf({ location }).replace(/^.*request=/, "");

    expect(atob(sealed.replaceAll("-", "+").replaceAll("_", "/"))).not.toMatch(/secret|test-spa/);
  });

  it("fits into an address and a form with the longest state and nonce", async () => {
    const { email, password } = await registered(service);
    const browser = new Browser(service);
    const state = "s".repeat(2048);
    const start = await ask(browser, { ...OWN, state, nonce: '"'.repeat(2048) });
    const signIn = await browser.follow(start);

    const signedIn = await browser.submit(signIn.form("/signin"), { email, password });

    expect(authorizePath(OWN).length + (start.location?.length ?? 0)).toBeLessThan(16_000);
    expect(replyOf(await browser.follow(signedIn))).toEqual({ ...GRANTED, state });
  });
});

function returnToOf({ location }: Pick<Page, "location">): string {
  return new URL(location ?? "", ISS).searchParams.get("return_to") ?? "";
}
