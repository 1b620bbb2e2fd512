import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { sealAuthorizationRequest } from "../../src/core/oauth/authorization-request.ts";
import { ask, consentFields, oneClient, replyOf, SPA_CALLBACK } from "../support/authorization.ts";
import { type Page, signedInBrowser } from "../support/browser.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { contextFor, usualRequest } from "../support/oauth.ts";
import { API, registerOAuthClients } from "../support/oauth-clients.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const LIFETIME_SECONDS = 1800;

const service = startService();

beforeAll(registerOAuthClients);

describe("a request that waits", () => {
  it("is good for half an hour, on each page that it comes to", async () => {
    stopClock();
    const { browser } = await signedInBrowser(service);
    const fields = await consentFields(browser);

    passSeconds(LIFETIME_SECONDS - 1);
    const again = await browser.open(`/oauth/consent?request=${fields.request}`);
    const later = again.form("/oauth/consent").fields;
    const inTime = await browser.post("/oauth/consent", { ...later, decision: "allow" });
    passSeconds(1);
    const tooLate = [
      await browser.post("/oauth/consent", { ...fields, decision: "allow" }),
      await browser.post("/oauth/consent", { ...later, decision: "deny" }),
      await browser.open(`/oauth/consent?request=${later.request}`),
    ];

    expect(replyOf(inTime)).toMatchObject({ code: "(a code)" });
    for (const page of tooLate) {
      expect(told(page)).toEqual(LAPSED);
    }
  });

  it("is refused when a bit of it was changed, and when it was made up", async () => {
    const { browser } = await signedInBrowser(service);
    const fields = await consentFields(browser);
    const { csrf = "", request = "" } = fields;
    const tampered = everyOtherCharacter(request).filter((_, index) => index % 29 === 0);

    for (const forged of [...tampered, request.slice(0, -1), `${request}A`, "", "x", csrf, "{}"]) {
      const sent = { ...fields, request: forged, decision: "allow" };
      expect(told(await browser.post("/oauth/consent", sent))).toEqual(LAPSED);
      const path = `/oauth/consent?request=${encodeURIComponent(forged)}`;
      expect(told(await browser.open(path))).toEqual(LAPSED);
    }
    expect(told(await browser.open("/oauth/consent"))).toEqual(LAPSED);
  });

  it("is of its own tenant alone", async () => {
    const { browser } = await signedInBrowser(service);
    const context = contextFor(service);
    const open = async (tenantId: string) => {
      const request = { ...usualRequest(context), tenantId };
      return browser.open(
        `/oauth/consent?request=${await sealAuthorizationRequest(context, request)}`,
      );
    };

    expect((await open(context.tenantId)).status).toBe(200);
    expect(told(await open(crypto.randomUUID()))).toEqual(LAPSED);
  });

  it.each([
    ["gone", "DELETE FROM clients WHERE id = ?"],
    ["somewhere else now", "UPDATE clients SET redirect_uris = '[]' WHERE id = ?"],
  ])("is of no use to a client that is %s", async (_, change) => {
    const { browser } = await signedInBrowser(service);
    const client_id = await oneClient({});
    const { form } = await ask(browser, { client_id });
    const { request } = form("/oauth/consent").fields;
    await env.DB.prepare(change).bind(client_id).run();
    // Another isolate, which does not remember the client.
    const elsewhere = browser.copy(startService());

    const answers = [
      await elsewhere.submit(form("/oauth/consent"), { decision: "allow" }),
      await elsewhere.submit(form("/oauth/consent"), { decision: "deny" }),
      await elsewhere.open(`/oauth/consent?request=${request}`),
    ];

    for (const { status, location } of answers) {
      expect([status, location]).toEqual([400, null]);
    }
  });
});

describe("what a client asked for and may not have any more", () => {
  it.each([
    ["a scope", "scopes", '["openid"]', "invalid_scope"],
    ["a resource", "resources", "[]", "invalid_target"],
  ])("is not given when the person allows it: %s", async (_, column, left, error) => {
    const { browser } = await signedInBrowser(service);
    const client_id = await oneClient({ scopes: ["openid", "email"], resources: [API] });
    const { form } = await ask(browser, { client_id, scope: "openid email", resource: API });
    const { request } = form("/oauth/consent").fields;
    await env.DB.prepare(`UPDATE clients SET ${column} = ? WHERE id = ?`)
      .bind(left, client_id)
      .run();
    // Another isolate, which does not remember the client.
    const elsewhere = browser.copy(startService());

    const answers = [
      await elsewhere.submit(form("/oauth/consent"), { decision: "allow" }),
      await elsewhere.open(`/oauth/consent?request=${request}`),
    ];

    for (const answer of answers) {
      expect(replyOf(answer)).toEqual({
        status: 303,
        to: SPA_CALLBACK,
        error,
        error_description: expect.any(String),
        state: "a-state",
        iss: service.settings.publicUrl,
      });
    }
  });
});

describe("who may not connect an app", () => {
  it("is told to set a new password first, by us and to a client that may not ask", async () => {
    const person = await registered(service);
    const { browser } = await signedInBrowser(service, person);
    const { form } = await ask(browser);
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();

    const pages = [
      await ask(browser),
      await ask(browser, { client_id: "test-first-party" }),
      await browser.submit(form("/oauth/consent"), { decision: "allow" }),
    ];

    for (const { status, lines, location } of pages) {
      expect({ status, lines, location }).toEqual({
        status: 403,
        location: null,
        lines: [
          "Your password has to be changed",
          "Set a new one first, then go back to the app and start again.",
          "Mail me a link",
        ],
      });
    }
    const silent = { client_id: "test-first-party", prompt: "none" };
    expect(replyOf(await ask(browser, silent))).toMatchObject({ error: "interaction_required" });
  });

  it("is out at once when the account is disabled", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { form } = await ask(browser);
    await disableAccount(person.email);

    const answer = await browser.submit(form("/oauth/consent"), { decision: "allow" });

    expect(answer.location).toMatch(/^\/signin\?/);
  });
});

const LAPSED = {
  status: 400,
  location: null,
  lines: [
    "That took too long",
    "Your request is no longer valid, or a part of it is missing. Go back to the app and start again.",
  ],
};

function told({ status, location, lines }: Page) {
  return { status, location, lines };
}
