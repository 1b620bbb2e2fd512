import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients, TV } from "../support/clients.ts";
import { type StartedBody, startedDevice } from "../support/devices.ts";
import { API, OTHER_API, registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();

// A moment that never comes, so that the page can be compared whole.
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2099-02-03T04:05:06Z") });
  await registerClients();
});

afterAll(() => {
  vi.useRealTimers();
});

/** Starts a device as one somewhere in the world would, seen by the edge. */
async function deviceSeenAs(
  headers: Record<string, string>,
  cf: Record<string, unknown>,
  asked: object = { clientId: TV },
): Promise<StartedBody> {
  const request = new Request(`${service.settings.publicUrl}/api/v2/auth/device`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(asked),
    cf,
  });
  return (await service.fetch(request)).json();
}

async function clientThatAsksFor(scopes: string[]): Promise<string> {
  const id = crypto.randomUUID();
  const grants = ["urn:ietf:params:oauth:grant-type:device_code"];
  await openDatabase(env.DB)
    .insert(clients)
    .values({
      tenantId: DEFAULT_TENANT_ID,
      id,
      name: "A client",
      grants,
      scopes,
      redirectUris: [],
      createdAt: new Date(0),
    });
  return id;
}

describe("before a person decides", () => {
  it("they read who asks for what, from where and when, and under which code", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs(
      { "cf-connecting-ip": "203.0.113.7", "user-agent": "ExampleTV/1.0 (Living Room)" },
      { city: "Lisbon", country: "PT", asOrganization: "Example Telecom" },
    );

    const { title, lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(title).toBe("Confirm a device – Latchkey");
    expect(lines).toEqual([
      "Does your device show this code?",
      userCode,
      "Test TV (test-tv) wants to use your account.",
      "It asks to",
      "Know that it is you",
      "See your name",
      "See your profile and your e-mail address",
      "The request came from",
      "Place: Lisbon, Portugal",
      "Network: Example Telecom",
      "Address: 203.0.113.7",
      "Device: ExampleTV/1.0 (Living Room)",
      "Time: 3 February 2099 at 04:05 UTC",
      "Nobody from support will ever ask you for this code. If you did not start this yourself, deny.",
      "Approve",
      "Deny",
      `Signed in as ${person.email}`,
      "Not you? Sign out",
    ]);
  });

  it("they see where the device is, not where they are themselves", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({ "cf-connecting-ip": "2001:db8:1:2:3:4:5:6" }, {});

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines).toContain("Address: 2001:db8:1:2::/64");
    expect(lines.join("\n")).not.toContain(browser.address);
  });

  it("what the edge does not know is called unknown", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {});

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines.slice(8, 12)).toEqual([
      "Place: Unknown",
      "Network: Unknown",
      "Address: unknown",
      "Device: Unknown",
    ]);
  });

  it("what is no country is shown as the edge calls it", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, { country: "T1" });

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines).toContain("Place: T1");
  });

  it("they read only the scopes that this device asked for", async () => {
    const { browser } = await signedInBrowser(service);
    const asked = { clientId: TV, scopes: ["profile"] };
    const { userCode } = await deviceSeenAs({}, {}, asked);

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(scopesIn(lines)).toEqual(["See your name"]);
  });

  it("every standard scope is in words, and any other as it is written", async () => {
    const clientId = await clientThatAsksFor([
      "openid",
      "profile",
      "email",
      "offline_access",
      "profile:read",
      "profile:write",
      "invoices:delete",
    ]);
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {}, { clientId });

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(scopesIn(lines)).toEqual([
      "Know that it is you",
      "See your name",
      "See your e-mail address",
      "Stay connected until you end it",
      "See your profile and your e-mail address",
      "Change your profile",
      "invoices:delete",
    ]);
  });

  it("a device that asks for no scope is said to ask for nothing more", async () => {
    const clientId = await clientThatAsksFor([]);
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {}, { clientId });

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(scopesIn(lines)).toEqual(["Sign in, and nothing else"]);
  });

  it("they read for which other services a device asks", async () => {
    await registerOAuthClients();
    const { browser } = await signedInBrowser(service);
    const { body } = await service.ask<{ user_code: string }>("/oauth/device_authorization", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams([
        ["client_id", "test-backend"],
        ["client_secret", TEST_SECRET],
        ["scope", "openid"],
        ["resource", API],
        ["resource", OTHER_API],
      ]).toString(),
    });

    const { lines } = await browser.open(`/device?user_code=${body.user_code}`);

    expect(scopesIn(lines)).toEqual([
      "Know that it is you",
      `For use at ${API}`,
      `For use at ${OTHER_API}`,
    ]);
  });

  it("a client of our own is no exception: whoever started it may be far away", async () => {
    const clientId = crypto.randomUUID();
    await openDatabase(env.DB)
      .insert(clients)
      .values({
        tenantId: DEFAULT_TENANT_ID,
        id: clientId,
        name: "Ours",
        grants: ["urn:ietf:params:oauth:grant-type:device_code"],
        scopes: [],
        redirectUris: [],
        firstParty: true,
        createdAt: new Date(0),
      });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {}, { clientId });

    const { title, form } = await browser.open(`/device?user_code=${userCode}`);

    expect(title).toBe("Confirm a device – Latchkey");
    expect(form("/device").buttons).toHaveLength(2);
  });

  it("to deny is as easy as to approve: two buttons that differ in their word alone", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { form, elements } = await browser.open(`/device?user_code=${userCode}`);

    expect(form("/device").buttons).toEqual([
      { type: "submit", name: "decision", value: "approve" },
      { type: "submit", name: "decision", value: "deny" },
    ]);
    expect(elements.filter(({ attributes }) => "autofocus" in attributes)).toEqual([]);
  });
});

function scopesIn(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.indexOf("It asks to") + 1, lines.indexOf("The request came from"));
}
