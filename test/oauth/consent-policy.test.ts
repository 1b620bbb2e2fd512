import { beforeAll, describe, expect, it } from "vitest";
import { allowed, ask, oneClient } from "../support/authorization.ts";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerOAuthClients);

describe("the page that asks", () => {
  it.each([
    ["https://app.example.test/cb", "https:"],
    ["https://app.example.test:8443/cb?x=;script-src *", "https:"],
    ["http://127.0.0.1:50123/cb", "http: https:"],
    ["http://[::1]:50123/cb", "http: https:"],
    ["com.example.app:/cb", "com.example.app:"],
  ])(
    "lets its form lead to %s, and on from there within its scheme",
    async (redirect_uri, source) => {
      const { browser } = await signedInBrowser(service);
      const client_id = await oneClient({ redirectUris: [redirect_uri] });
      const signIn = await browser.open(
        (await ask(new Browser(service), { client_id, redirect_uri })).location ?? "",
      );

      for (const [page, scripts] of [
        [await ask(browser, { client_id, redirect_uri }), "'none'"],
        [signIn, "'self'"],
      ] as const) {
        expect(page.headers.get("content-security-policy")).toBe(
          `default-src 'none'; script-src ${scripts}; style-src 'self'; img-src 'self' data:; form-action 'self' ${source}; base-uri 'none'; frame-ancestors 'none'`,
        );
        expect(page.headers.get("x-frame-options")).toBe("DENY");
      }
    },
  );

  it("can say no more in its policy than where its form leads, and other pages nothing", async () => {
    const { browser } = await signedInBrowser(service);
    const redirect_uri = "https://a.test;script-src/cb";
    const client_id = await oneClient({ redirectUris: [redirect_uri] });
    const forged = new URLSearchParams({
      return_to: "/oauth/consent?request=aHR0cHM6Ly9ldmlsLmV4YW1wbGU",
      redirect_uri: "https://evil.example",
    });

    const policies = await Promise.all(
      [
        ask(browser, { client_id, redirect_uri }),
        browser.open(`/signin?${forged}`),
        allowed(browser),
        ask(browser, { redirect_uri: "https://evil.example" }),
      ].map(async (page) => (await page).headers.get("content-security-policy")),
    );

    expect(policies.map((policy) => policy?.match(/form-action ([^;]*)/)?.[1])).toEqual([
      "'self' https:",
      "'self'",
      "'self'",
      "'self'",
    ]);
  });
});
