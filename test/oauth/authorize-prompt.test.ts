import { beforeAll, describe, expect, it } from "vitest";
import {
  allowed,
  ask,
  authorizationRequest,
  codeOf,
  oneClient,
  type Parameters,
  replyOf,
  VERIFIER,
} from "../support/authorization.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { askToken, redemption, tokensIn } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { type Person, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;
const OWN = { client_id: "test-first-party" };

type Outcome = "a code" | "consent" | "sign-in" | "login_required" | "consent_required";

beforeAll(registerOAuthClients);

describe("what a request leads to", () => {
  // biome-ignore format: it reads as a table
  const outcomes: [who: "nobody" | "a minute ago", client: string, prompt: string | null, max_age: string | null, Outcome][] = [
    ["nobody",       "test-spa",         null,            null,  "sign-in"],
    ["nobody",       "test-spa",         "none",          null,  "login_required"],
    ["nobody",       "test-spa",         "login",         null,  "sign-in"],
    ["nobody",       "test-spa",         "consent",       null,  "sign-in"],
    ["nobody",       "test-first-party", "none",          null,  "login_required"],
    ["nobody",       "test-first-party", "consent login", "0",   "sign-in"],
    ["a minute ago", "test-spa",         null,            null,  "consent"],
    ["a minute ago", "test-spa",         "none",          null,  "consent_required"],
    ["a minute ago", "test-spa",         "consent",       null,  "consent"],
    ["a minute ago", "test-spa",         "login",         null,  "sign-in"],
    ["a minute ago", "test-spa",         "login consent", null,  "sign-in"],
    ["a minute ago", "test-spa",         null,            "60",  "consent"],
    ["a minute ago", "test-spa",         null,            "59",  "sign-in"],
    ["a minute ago", "test-spa",         "none",          "59",  "login_required"],
    ["a minute ago", "test-first-party", null,            null,  "a code"],
    ["a minute ago", "test-first-party", "none",          null,  "a code"],
    ["a minute ago", "test-first-party", "consent",       null,  "consent"],
    ["a minute ago", "test-first-party", "login",         null,  "sign-in"],
    ["a minute ago", "test-first-party", null,            "60",  "a code"],
    ["a minute ago", "test-first-party", "none",          "60",  "a code"],
    ["a minute ago", "test-first-party", null,            "59",  "sign-in"],
    ["a minute ago", "test-first-party", "none",          "59",  "login_required"],
    ["a minute ago", "test-first-party", null,            "0",   "sign-in"],
  ];

  it.each(outcomes)(
    "%s signed in, %s, prompt %j, max_age %j: %s",
    async (who, client_id, prompt, max_age, outcome) => {
      stopClock();
      const browser = await visitor(who);

      expect(outcomeOf(await ask(browser, { client_id, prompt, max_age }))).toBe(outcome);
    },
  );

  it("is told to the client where nobody may be asked, also of a request that is posted", async () => {
    const { browser } = await signedInBrowser(service);
    const start = await browser.send("/oauth/authorize", {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site" },
      body: authorizationRequest({ prompt: "none" }),
    });

    for (const answer of [await browser.follow(start), await ask(browser, { prompt: "none" })]) {
      expect(replyOf(answer)).toEqual({
        status: 303,
        to: "https://spa.example.test/callback",
        error: "consent_required",
        error_description: "The person has to consent first.",
        state: "a-state",
        iss: ISS,
      });
    }
  });
});

describe("a client of one's own", () => {
  it.each([
    "https://app.example.test/cb",
    "http://127.0.0.1:50123/cb",
    "http://[::1]:50123/cb",
    "com.example.app:/cb",
  ])("asks nobody at %s, unless it wants to", async (redirect_uri) => {
    const { browser } = await signedInBrowser(service);
    const client_id = await oneClient({ redirectUris: [redirect_uri], firstParty: true });
    const outcome = async (prompt: string | null) =>
      outcomeOf(await ask(browser, { client_id, redirect_uri, prompt }));

    expect(await outcome(null)).toBe("a code");
    expect(await outcome("none")).toBe("a code");
    expect(await outcome("consent")).toBe("consent");
  });
});

describe("a client that says by an ID token whom it means", () => {
  async function idTokenOf(browser: Browser, client_id = OWN.client_id): Promise<string> {
    const code = codeOf(await ask(browser, { client_id, scope: "openid" }));
    const sent = redemption(code, { client_id, code_verifier: VERIFIER });
    return tokensIn(await askToken(service, sent)).id_token;
  }

  it("gets a code where that person is signed in, also long after the token has expired", async () => {
    stopClock();
    const { browser } = await signedInBrowser(service);
    const id_token_hint = await idTokenOf(browser);
    passSeconds(3600);

    const answer = await ask(browser, { ...OWN, id_token_hint, prompt: "none" });

    expect(outcomeOf(answer)).toBe("a code");
  });

  it("gets none for somebody else, whom it asks to sign in; who then signs in is who is there", async () => {
    stopClock();
    const { browser: theirs } = await signedInBrowser(service);
    const id_token_hint = await idTokenOf(theirs);
    const { browser, person } = await signedInBrowser(service);
    passSeconds(1);

    const silent = await ask(browser, { ...OWN, id_token_hint, prompt: "none" });
    const start = await ask(browser, { ...OWN, id_token_hint });

    expect([silent, start].map(outcomeOf)).toEqual(["login_required", "sign-in"]);
    expect((await browser.follow(start)).title).toBe("Sign in – Latchkey");
    expect(outcomeOf(await signInAfter(browser, start, person))).toBe("a code");
  });

  it("is refused with what is no ID token of its own", async () => {
    const { browser } = await signedInBrowser(service);
    const own = await idTokenOf(browser);
    const other = await oneClient({ firstParty: true });
    const { accessToken } = await signedIn(service);

    const sent = [
      { ...OWN, id_token_hint: "e30.e30.x" },
      { ...OWN, id_token_hint: `${own}A` },
      { ...OWN, id_token_hint: accessToken },
      { client_id: other, id_token_hint: own },
    ];

    for (const asked of sent) {
      expect(replyOf(await ask(browser, { ...asked, prompt: "none" }))).toMatchObject({
        error: "invalid_request",
        error_description: "id_token_hint must be an ID token that this client was given here.",
      });
    }
  });
});

describe("a request that wants a person to sign in again", () => {
  it.each<[string, Parameters]>([
    ["prompt=login", { prompt: "login" }],
    ["max_age=0", { max_age: "0" }],
    ["both", { prompt: "login", max_age: "0" }],
  ])("by %s is content with one sign-in that was made for it", async (_, asked) => {
    stopClock();
    const { browser, person } = await signedInBrowser(service);
    const before = browser.copy();
    passSeconds(1);

    const start = await ask(browser, { ...OWN, ...asked });
    passSeconds(20);
    const answer = await signInAfter(browser, start, person);

    expect(outcomeOf(answer)).toBe("a code");
    expect(outcomeOf(await ask(before, OWN))).toBe("sign-in");
  });

  it("takes no consent under the sign-in from before", async () => {
    stopClock();
    const { browser, person } = await signedInBrowser(service);
    const { csrf = "" } = (await ask(browser)).form("/oauth/consent").fields;
    passSeconds(1);
    const start = await ask(browser, { prompt: "login" });
    const returnTo = returnToOf(start);
    const request = new URL(returnTo, ISS).searchParams.get("request") ?? "";

    const shown = await browser.open(returnTo);
    const forced = await browser.post("/oauth/consent", { csrf, request, decision: "allow" });
    const consent = await signInAfter(browser, start, person);
    const answer = await browser.submit(consent.form("/oauth/consent"), { decision: "allow" });

    expect([shown, forced, consent, answer].map(outcomeOf)).toEqual([
      "sign-in",
      "sign-in",
      "consent",
      "a code",
    ]);
  });

  it("wants it at the moment of consent too", async () => {
    stopClock();
    const { browser } = await signedInBrowser(service);
    passSeconds(1);
    const { form } = await ask(browser, { max_age: "60" });
    passSeconds(60);

    const answer = await browser.submit(form("/oauth/consent"), { decision: "allow" });

    expect(outcomeOf(answer)).toBe("sign-in");
  });

  it("gets an ID token that says when that was", async () => {
    stopClock();
    const { browser } = await signedInBrowser(service);
    const signedInAt = Math.floor(Date.now() / 1000);
    passSeconds(40);
    const asked = { max_age: "3600", nonce: "a-nonce", scope: "openid" };
    const code = codeOf(await allowed(browser, asked));

    const { body } = await service.ask<{ id_token: string }>("/oauth/token", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: "test-spa",
        redirect_uri: "https://spa.example.test/callback",
        code,
        code_verifier: VERIFIER,
      }).toString(),
    });

    expect(claimsOf(body.id_token)).toMatchObject({
      iss: ISS,
      aud: "test-spa",
      auth_time: signedInAt,
      nonce: "a-nonce",
    });
  });
});

async function visitor(who: "nobody" | "a minute ago"): Promise<Browser> {
  if (who === "nobody") {
    return new Browser(service);
  }
  const { browser } = await signedInBrowser(service);
  passSeconds(60);
  return browser;
}

function outcomeOf({ status, title, location }: Page): Outcome | string {
  if (status === 200) {
    return title.startsWith("Allow access?") ? "consent" : title;
  }
  const { pathname, searchParams } = new URL(location ?? "about:blank", ISS);
  if (pathname === "/signin") {
    return "sign-in";
  }
  return searchParams.get("error") ?? (searchParams.has("code") ? "a code" : `${location}`);
}

function returnToOf({ location }: Page): string {
  return new URL(location ?? "", ISS).searchParams.get("return_to") ?? "";
}

async function signInAfter(browser: Browser, start: Page, { email, password }: Person) {
  const { form } = await browser.follow(start);
  return browser.follow(await browser.submit(form("/signin"), { email, password }));
}

function claimsOf(token: string): unknown {
  const payload = token.split(".")[1] ?? "";
  return JSON.parse(
    new TextDecoder().decode(Uint8Array.fromBase64(payload, { alphabet: "base64url" })),
  );
}
