import { beforeAll, describe, expect, it } from "vitest";
import {
  allowed,
  ask,
  authorizePath,
  codeOf,
  replyOf,
  SPA_CALLBACK,
  VERIFIER,
} from "../support/authorization.ts";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { logLines } from "../support/log-lines.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;
const GRANTED = { status: 303, to: SPA_CALLBACK, code: "(a code)", state: "a-state", iss: ISS };
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const OWN = { client_id: "test-first-party" };

beforeAll(registerOAuthClients);

describe("a person who is asked by a client", () => {
  it("signs in, is asked, allows, and is led back with a code", async () => {
    const person = await registered(service);
    const browser = new Browser(service);

    const start = await ask(browser);
    const signIn = await browser.follow(start);
    const signedIn = await browser.submit(signIn.form("/signin"), credentialsOf(person));
    const consent = await browser.follow(signedIn);
    const answer = await browser.submit(consent.form("/oauth/consent"), { decision: "allow" });

    expect([start.status, start.location?.split("?")[0]]).toEqual([303, "/signin"]);
    expect([signedIn.status, signedIn.location?.split("?")[0]]).toEqual([303, "/oauth/consent"]);
    expect([consent.status, consent.title]).toEqual([200, "Allow access? – Latchkey"]);
    expect(replyOf(answer)).toEqual(GRANTED);
  });

  it("is asked at once when they are signed in", async () => {
    const { browser } = await signedInBrowser(service);

    expect(replyOf(await allowed(browser))).toEqual(GRANTED);
  });

  it("is asked nothing by a client of our own, signed in before or on the way", async () => {
    const { browser, person } = await signedInBrowser(service);
    const newcomer = new Browser(service);
    const signIn = await newcomer.follow(await ask(newcomer, OWN));
    const signedIn = await newcomer.submit(signIn.form("/signin"), credentialsOf(person));

    expect(replyOf(await ask(browser, OWN))).toEqual(GRANTED);
    expect(replyOf(await newcomer.follow(signedIn))).toEqual(GRANTED);
  });

  it("is asked every time by any other client", async () => {
    const { browser } = await signedInBrowser(service);
    await allowed(browser);

    expect((await ask(browser)).title).toBe("Allow access? – Latchkey");
  });
});

describe("the code", () => {
  it.each([
    ["a public client", "test-spa", SPA_CALLBACK, {}],
    ["a program on the device", "test-spa", "http://127.0.0.1:50123/callback", {}],
    [
      "a confidential client",
      "test-backend",
      "https://backend.example.test/callback",
      { client_secret: TEST_SECRET },
    ],
  ])("is good for tokens in the hands of %s", async (_, client_id, redirect_uri, secret) => {
    const { browser } = await signedInBrowser(service);
    const code = codeOf(await allowed(browser, { client_id, redirect_uri, scope: "openid" }));

    const { status, body } = await service.ask("/oauth/token", {
      headers: FORM,
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id,
        redirect_uri,
        code,
        code_verifier: VERIFIER,
        ...secret,
      }).toString(),
    });

    expect({ status, body }).toMatchObject({
      status: 200,
      body: { token_type: "Bearer", scope: "openid" },
    });
  });

  it("is another one each time, even of one page that is sent twice", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser);
    const allow = () => browser.submit(form("/oauth/consent"), { decision: "allow" });

    expect(codeOf(await allow())).not.toBe(codeOf(await allow()));
  });

  it("is neither in the log nor in the page, and no more are the state and the request", async () => {
    const { text } = logLines();
    const { browser } = await signedInBrowser(service);
    const consent = await ask(browser, {
      state: "a-state-of-its-own",
      nonce: "a-nonce-of-its-own",
    });
    const form = consent.form("/oauth/consent");
    const answer = await browser.submit(form, { decision: "allow" });
    const logged = text();

    expect(logged).toContain("grantAuthorization");
    for (const secret of [codeOf(answer), form.fields.request ?? "", "of-its-own"]) {
      expect(logged).not.toContain(secret);
    }
    expect(answer.source).toBe("");
  });

  it("is not given to who asks for the head alone", async () => {
    const { browser } = await signedInBrowser(service);
    const { location } = await ask(new Browser(service), OWN);
    const returnTo = new URL(location ?? "", ISS).searchParams.get("return_to") ?? "";

    for (const path of [authorizePath(OWN), returnTo]) {
      const head = await browser.send(path, { method: "HEAD" });
      const { status, headers } = head;
      expect({ status, to: head.location, allow: headers.get("allow") }).toEqual({
        status: 405,
        to: null,
        allow: "GET, POST",
      });
    }
  });
});

function credentialsOf({ email, password }: { email: string; password: string }) {
  return { email, password };
}
