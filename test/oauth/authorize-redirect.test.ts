import { beforeAll, describe, expect, it } from "vitest";
import {
  allowed,
  ask,
  authorizationRequest,
  authorizePath,
  replyOf,
  SPA_CALLBACK,
} from "../support/authorization.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;
const GRANTED = { status: 303, to: SPA_CALLBACK, code: "(a code)", state: "a-state", iss: ISS };
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const OWN = { client_id: "test-first-party" };

beforeAll(registerOAuthClients);

describe("the redirect", () => {
  it("TOK-15: is a 303 after a post and else, is kept by nobody, and open to no other site", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser);
    const answers = [
      await browser.submit(form("/oauth/consent"), { decision: "allow" }),
      await browser.submit(form("/oauth/consent"), { decision: "deny" }),
      await ask(browser, OWN),
      await ask(browser, { prompt: "none" }),
      await ask(browser, { response_type: "token" }),
      await ask(new Browser(service)),
      await posted(browser),
    ];

    for (const { status, headers } of answers) {
      expect([status, headers.get("cache-control"), headers.get("referrer-policy")]).toEqual([
        303,
        "no-store",
        "no-referrer",
      ]);
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  it("TOK-15: is a 303 after a password was typed, so that it is posted nowhere else", async () => {
    const person = await registered(service);
    const browser = new Browser(service);
    const { form } = await browser.follow(await ask(browser, OWN));

    const signedIn = await browser.submit(form("/signin"), {
      ...{ email: person.email, password: person.password },
    });

    expect([signedIn.status, signedIn.location?.split("?")[0]]).toEqual([303, "/oauth/consent"]);
    expect(replyOf(await browser.follow(signedIn))).toEqual(GRANTED);
  });

  it("TOK-14: names who answers, once, in every answer", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser);
    const answers = [
      await browser.submit(form("/oauth/consent"), { decision: "allow" }),
      await browser.submit(form("/oauth/consent"), { decision: "deny" }),
      await ask(browser, OWN),
      await ask(browser, { prompt: "none" }),
      await ask(browser, { response_type: "token" }),
      await ask(browser, { ...OWN, state: "&iss=https://evil.example" }),
    ];

    for (const { location } of answers) {
      expect(location?.startsWith(`${SPA_CALLBACK}?`)).toBe(true);
      expect(new URL(location ?? "about:blank").searchParams.getAll("iss")).toEqual([ISS]);
    }
  });

  it("answers no preflight: another site's script may not ask", async () => {
    const preflight = await new Browser(service).send("/oauth/authorize", {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    const asked = await service.fetch(
      new Request(ISS + authorizePath(), {
        redirect: "manual",
        headers: { origin: "https://spa.example.test" },
      }),
    );

    expect(preflight.status).toBe(405);
    for (const { headers } of [preflight, asked]) {
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it.each([
    "a",
    "a b+c%20d",
    "a&code=stolen&iss=https://evil.example#fragment",
    `'"<script>alert(1)</script>`,
    "\\/?=;,:@!$()*[]{}|^~`",
    "zürich 東京 🦦",
    "s".repeat(2048),
  ])("gives the state back to the letter: %j", async (state) => {
    const { browser } = await signedInBrowser(service);

    for (const answer of [
      await ask(browser, { ...OWN, state }),
      await allowed(browser, { state }),
    ]) {
      expect(replyOf(answer)).toEqual({ ...GRANTED, state });
      expect(decodeURIComponent(answer.location?.match(/[?&]state=([^&]*)/)?.[1] ?? "")).toBe(
        state,
      );
      expect(answer.location).toMatch(/^[!-~]+$/);
    }
  });

  it("holds no state where none was sent, or an empty one", async () => {
    const { browser } = await signedInBrowser(service);
    const { state: _, ...granted } = GRANTED;

    expect(replyOf(await ask(browser, { ...OWN, state: null }))).toEqual(granted);
    expect(replyOf(await ask(browser, { ...OWN, state: "" }))).toEqual(granted);
  });
});

describe("a request that is posted", () => {
  it("may come from any site, changes nothing, and goes on where the cookie is there", async () => {
    const { browser } = await signedInBrowser(service);

    const start = await posted(browser);
    const consent = await browser.follow(start);
    const answer = await browser.submit(consent.form("/oauth/consent"), { decision: "allow" });

    expect(start.location).toMatch(/^\/oauth\/consent\?request=[\w-]+$/);
    expect(replyOf(answer)).toEqual(GRANTED);
  });

  it("is refused like one in an address", async () => {
    const stranger = authorizationRequest({ redirect_uri: "https://evil.example" });
    const answers = [
      await posted(new Browser(service), stranger),
      await posted(new Browser(service), authorizationRequest({ code_challenge: null })),
    ];

    expect(answers.map(({ status, location }) => [status, location?.split("?")[0]])).toEqual([
      [400, undefined],
      [303, SPA_CALLBACK],
    ]);
  });

  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x", ""])(
    "is refused as %j",
    async (type) => {
      const answer = await posted(new Browser(service), authorizationRequest(), type);

      expect([answer.status, answer.location]).toEqual([415, null]);
    },
  );
});

function posted(
  browser: Browser,
  request = authorizationRequest(),
  type = FORM["content-type"],
): Promise<Page> {
  return browser.send("/oauth/authorize", {
    method: "POST",
    headers: { "content-type": type, "sec-fetch-site": "cross-site", origin: "https://spa.test" },
    body: request.toString(),
  });
}
