import { beforeAll, describe, expect, it } from "vitest";
import { allowed, ask, oneClient, replyOf } from "../support/authorization.ts";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

/** Registered are https://spa.example.test/callback and http://127.0.0.1/callback. */
const mutations = [
  "https://SPA.example.test/callback",
  "HTTPS://spa.example.test/callback",
  "https://spa.example.test/Callback",
  "https://spa.example.test",
  "https://spa.example.test/",
  "https://spa.example.test/callback/",
  "https://spa.example.test/callback/more",
  "https://spa.example.test/callback2",
  "https://spa.example.test/callbac",
  "https://spa.example.test//callback",
  "https://spa.example.test/./callback",
  "https://spa.example.test/x/../callback",
  "https://spa.example.test/callback/../callback",
  "https://spa.example.test/callback/..",
  "https://spa.example.test/%2e%2e/callback",
  "https://spa.example.test/callback%2f..%2fevil",
  "https://spa.example.test/c%61llback",
  "https://spa.example.test/callback?",
  "https://spa.example.test/callback?next=https://evil.example",
  "https://spa.example.test/callback#",
  "https://spa.example.test/callback#fragment",
  "https://spa.example.test/callback;x",
  "https://spa.example.test:443/callback",
  "https://spa.example.test:8443/callback",
  "https://spa.example.test./callback",
  "https://user@spa.example.test/callback",
  "https://spa.example.test@evil.example/callback",
  "https://spa.example.test:x@evil.example/callback",
  "https://evil.example/https://spa.example.test/callback",
  "https://evil.example/callback",
  "https://evil.example?https://spa.example.test/callback",
  "https://evil.example#https://spa.example.test/callback",
  "https://spa.example.test.evil.example/callback",
  "https://evilspa.example.test/callback",
  "https://x.spa.example.test/callback",
  "https://spa.example.test\\callback",
  "https://spa.example.test\\@evil.example/callback",
  "https:\\\\spa.example.test\\callback",
  "https:/spa.example.test/callback",
  "//spa.example.test/callback",
  "/callback",
  "spa.example.test/callback",
  "http://spa.example.test/callback",
  "ftp://spa.example.test/callback",
  " https://spa.example.test/callback",
  "https://spa.example.test/callback ",
  "https://spa.example.test/callback\t",
  "https://spa.example.test/call\nback",
  "https://spa.example.test/callback\0",
  "https://spa.example.test/callback\r\nLocation: https://evil.example",
  "https://spa。example。test/callback",
  "https://spa.exаmple.test/callback",
  "https://ｓｐａ.example.test/callback",
  "https://spa.example.test/callback,https://evil.example",
  "https://spa.example.test/callback https://evil.example",
  "https://*.example.test/callback",
  "javascript:alert(1)//https://spa.example.test/callback",
  "data:text/html,https://spa.example.test/callback",
  "urn:ietf:wg:oauth:2.0:oob",
  "com.example.app:/callback",

  "http://127.0.0.1/",
  "http://127.0.0.1/Callback",
  "http://127.0.0.1/callback/",
  "http://127.0.0.1/callback?x=y",
  "http://127.0.0.1:8080/other",
  "http://127.0.0.1:/callback",
  "http://127.0.0.1:0/callback",
  "http://127.0.0.1:00080/callback",
  "http://127.0.0.1:080/callback",
  "http://127.0.0.1:65536/callback",
  "http://127.0.0.1:99999/callback",
  "http://127.0.0.1:-1/callback",
  "http://127.0.0.1:80a/callback",
  "http://127.0.0.1:８０８０/callback",
  "http://127.0.0.1:8080:8080/callback",
  "http://127.0.0.1:8080@evil.example/callback",
  "http://127.0.0.1@evil.example/callback",
  "http://127.0.0.1.evil.example/callback",
  "http://user@127.0.0.1:8080/callback",
  "https://127.0.0.1/callback",
  "https://127.0.0.1:8080/callback",
  "HTTP://127.0.0.1:8080/callback",
  "http://localhost/callback",
  "http://localhost:8080/callback",
  "http://[::1]/callback",
  "http://[::1]:8080/callback",
  "http://[::ffff:127.0.0.1]:8080/callback",
  "http://127.0.0.2/callback",
  "http://127.1/callback",
  "http://127.0.0.01/callback",
  "http://2130706433/callback",
  "http://0x7f.0.0.1/callback",
  "http://0.0.0.0/callback",
];

const service = startService();

let browser: Browser;

beforeAll(async () => {
  await registerOAuthClients();
  ({ browser } = await signedInBrowser(service));
});

describe("TOK-10: no code is sent to an address that was not registered to the letter", () => {
  it.each(mutations)("%j", async (redirect_uri) => {
    // Whoever is signed in, and whatever else is wrong: the person is told, and stays here.
    const answers = [
      await ask(browser, { client_id: "test-first-party", redirect_uri }),
      await ask(browser, { client_id: "test-spa", redirect_uri, prompt: "none" }),
      await ask(browser, { client_id: "test-spa", redirect_uri, response_type: "token" }),
    ];

    for (const { status, headers, source } of answers) {
      expect([status, headers.get("location"), headers.get("refresh")]).toEqual([400, null, null]);
      expect(source).not.toMatch(/evil|spa\.example|127\.0/);
    }
  });
});

describe("TOK-10: the port of a loopback address", () => {
  it.each(["http://127.0.0.1", "http://[::1]"])("is free at %s", async (origin) => {
    const client_id = await oneClient({ redirectUris: [`${origin}/callback`], firstParty: true });

    for (const port of ["", ":1", ":80", ":8080", ":65535"]) {
      const redirect_uri = `${origin}${port}/callback`;
      const { location } = await ask(browser, { client_id, redirect_uri });
      expect(location).toMatch(/\?code=/);
      expect(location?.split("?")[0]).toBe(redirect_uri);
    }
  });

  it.each([
    "http://localhost/callback",
    "https://127.0.0.1/callback",
    "http://127.0.0.2/callback",
    "http://10.0.0.1/callback",
  ])("is free nowhere else, such as at %s", async (registered) => {
    const client_id = await oneClient({ redirectUris: [registered], firstParty: true });
    const redirect_uri = registered.replace("/callback", ":8080/callback");

    const answers = [
      await ask(browser, { client_id, redirect_uri }),
      await ask(browser, { client_id, redirect_uri: registered }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 303]);
  });
});

describe("TOK-10: a redirect URI is kept to the letter", () => {
  it.each([
    ["https://app.example.test/cb?tenant=7", "https://app.example.test/cb?tenant=7&code="],
    ["https://app.example.test/cb?", "https://app.example.test/cb?code="],
    ["https://app.example.test/cb?a=b&", "https://app.example.test/cb?a=b&code="],
    ["https://app.example.test", "https://app.example.test?code="],
    ["https://APP.example.test:443/%7e/../cb", "https://APP.example.test:443/%7e/../cb?code="],
    ["com.example.app:/cb", "com.example.app:/cb?code="],
    ["com.example.app://cb", "com.example.app://cb?code="],
  ])("%s", async (redirect_uri, begins) => {
    const client_id = await oneClient({ redirectUris: [redirect_uri], firstParty: true });

    const { location } = await ask(browser, { client_id, redirect_uri });

    expect(location?.slice(0, begins.length)).toBe(begins);
    expect(location?.slice(begins.length)).toMatch(/^[\w-]+&state=a-state&iss=http%3A%2F%2F[^&]+$/);
  });

  it("in a refusal too", async () => {
    const redirect_uri = "com.example.app:/cb?a=b";
    const client_id = await oneClient({ redirectUris: [redirect_uri] });

    const { location } = await ask(new Browser(service), {
      client_id,
      redirect_uri,
      prompt: "none",
    });

    expect(location).toMatch(/^com\.example\.app:\/cb\?a=b&error=login_required&/);
  });

  it("through the page that asks for consent", async () => {
    const redirect_uri = "http://127.0.0.1:50001/callback";

    expect(replyOf(await allowed(browser, { redirect_uri }))).toMatchObject({
      status: 303,
      to: redirect_uri,
      code: "(a code)",
    });
  });
});
