import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DEVICE_CODE_GRANT } from "../../src/core/client/client.ts";
import { oneClient } from "../support/authorization.ts";
import { readingIn, signedInBrowser } from "../support/browser.ts";
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

const clientThatAsksFor = (scopes: string[]) => oneClient({ scopes, grants: [DEVICE_CODE_GRANT] });

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0";
const LISBON = { city: "Lisbon", country: "PT", asOrganization: "Example Telecom" };
const GRAZ = { city: "Graz", country: "AT", asOrganization: "Beispielnetz" };
const MAY_BE_STRANGE =
  "Nobody has told us who makes it, and we have not checked its name: any device can claim one.";

describe("before a person decides", () => {
  it("DEV-19: they read who asks for what, from where and since when, beside where they are", async () => {
    const { browser, person } = await signedInBrowser(service);
    browser.place = LISBON;
    const { userCode } = await deviceSeenAs(
      { "cf-connecting-ip": "203.0.113.7", "user-agent": "ExampleTV/1.0 (Living Room)" },
      LISBON,
    );
    vi.setSystemTime(Date.now() + 125_000);

    const { title, lines } = await browser.open(`/device?user_code=${userCode}`, {
      "user-agent": FIREFOX,
    });

    vi.setSystemTime(Date.now() - 125_000);
    expect(title).toBe("Confirm a device – Latchkey");
    expect(lines).toEqual([
      "Does your device show this code?",
      userCode,
      "Test TV (test-tv) wants to use your account.",
      MAY_BE_STRANGE,
      "Is it where you are?",
      "The device",
      "Place: Lisbon, Portugal",
      "Network: Example Telecom",
      "Device: ExampleTV 1",
      "Address: 203.0.113.7",
      "First seen: 2 minutes ago (3 February 2099 at 04:05 UTC)",
      "You",
      "Place: Lisbon, Portugal",
      "Network: Example Telecom",
      "Device: Firefox 121 on Linux",
      `Address: ${browser.address}`,
      "It asks to",
      "Untick anything that it should not do. Without any, it can sign you in and nothing else.",
      "Know that it is you",
      "See your name",
      "See your profile and your e-mail address",
      "Name this device (optional)",
      "So that you know it again in the list of your devices.",
      "I can see the device, and it shows exactly this code.",
      "Nobody from support will ever ask you for this code. If you did not start this yourself, deny.",
      "Approve",
      "Deny",
      `Signed in as ${person.email}`,
      "Not you? Sign out",
    ]);
  });

  it("they read all of it in their language", async () => {
    const { browser } = await signedInBrowser(service);
    browser.place = GRAZ;
    const { userCode } = await deviceSeenAs(
      { "cf-connecting-ip": "203.0.113.7", "user-agent": FIREFOX },
      LISBON,
    );

    const page = await readingIn("de-AT,de;q=0.9,en;q=0.8", () =>
      browser.open(`/device?user_code=${userCode}`),
    );

    expect([page.lang, page.title]).toEqual(["de", "Gerät bestätigen – Latchkey"]);
    expect(page.lines.slice(0, -2)).toEqual([
      "Zeigt Ihr Gerät diesen Code?",
      userCode,
      "Test TV (test-tv) möchte Ihr Konto verwenden.",
      "Wer es herstellt, ist nicht angegeben, und den Namen haben wir nicht geprüft: Jedes Gerät kann sich so nennen.",
      "Sehen Sie genau hin",
      "Das Gerät ist in einem anderen Land als Sie.",
      "Das Gerät ist in einem anderen Netz als Sie. Das ist üblich, wenn eines von beiden mobile Daten nutzt, aber auch, wenn ein Fremder das begonnen hat.",
      "Lassen Sie es nur zu, wenn das Gerät vor Ihnen steht.",
      "Ist es dort, wo Sie sind?",
      "Das Gerät",
      "Ort: Lisbon, Portugal",
      "Netz: Example Telecom",
      "Gerät: Firefox 121 unter Linux",
      "Adresse: 203.0.113.7",
      "Zuerst gesehen: jetzt (3. Februar 2099 um 04:05 UTC)",
      "Sie",
      "Ort: Graz, Österreich",
      "Netz: Beispielnetz",
      "Gerät: Unbekannt",
      `Adresse: ${browser.address}`,
      "Es möchte",
      "Nehmen Sie das Häkchen weg von allem, was es nicht darf. Ganz ohne kann es Sie anmelden, sonst nichts.",
      "Wissen, dass Sie es sind",
      "Ihren Namen sehen",
      "Ihr Profil und Ihre E-Mail-Adresse sehen",
      "Name für dieses Gerät (freiwillig)",
      "Daran erkennen Sie es in der Liste Ihrer Geräte wieder.",
      "Ich sehe das Gerät vor mir, und es zeigt genau diesen Code.",
      "Niemand vom Support wird Sie je nach diesem Code fragen. Wenn Sie das nicht selbst begonnen haben, lehnen Sie ab.",
      "Zulassen",
      "Ablehnen",
    ]);
    expect(page.form("/device").fields.device_name).toBe("Test TV unter Linux");
  });

  it("they read who makes the client, where that was said", async () => {
    const clientId = await oneClient({ owner: "Acme\u202e Inc.", grants: [DEVICE_CODE_GRANT] });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {}, { clientId });

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines[3]).toBe(
      "It is said to be made by Acme Inc., which we have not checked: any device can claim to be.",
    );
  });

  it("what the edge does not know is called unknown", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {});

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    const side = lines.indexOf("The device") + 1;
    expect(lines.slice(side, side + 4)).toEqual([
      "Place: Unknown",
      "Network: Unknown",
      "Device: Unknown",
      "Address: unknown",
    ]);
  });

  it("of an IPv6 address they see the part that is one household's", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({ "cf-connecting-ip": "2001:db8:1:2:3:4:5:6" }, {});

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines).toContain("Address: 2001:db8:1:2::/64");
  });

  it("what is no country is shown as the edge calls it", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, { country: "T1" });

    const { lines } = await browser.open(`/device?user_code=${userCode}`);

    expect(lines).toContain("Place: T1");
  });

  const COUNTRY_DIFFERS = "The device is in another country than you.";
  const COUNTRY_UNKNOWN = "We cannot tell whether the device is in the same country as you.";
  const NETWORK_DIFFERS =
    "The device is on another network than you. That is usual when one of you is on mobile data, and also when a stranger started this.";
  const NETWORK_UNKNOWN = "We cannot tell whether the device is on the same network as you.";

  it.each<[what: string, device: object, you: object, warnings: string[]]>([
    ["the same place", LISBON, LISBON, []],
    ["another city of it", { ...LISBON, city: "Porto" }, LISBON, []],
    ["another country", { ...LISBON, country: "ES" }, LISBON, [COUNTRY_DIFFERS]],
    ["another network", { ...LISBON, asOrganization: "Other" }, LISBON, [NETWORK_DIFFERS]],
    ["another country and network", GRAZ, LISBON, [COUNTRY_DIFFERS, NETWORK_DIFFERS]],
    ["nowhere that is known", {}, LISBON, [COUNTRY_UNKNOWN, NETWORK_UNKNOWN]],
    ["somewhere, and they nowhere", LISBON, {}, [COUNTRY_UNKNOWN, NETWORK_UNKNOWN]],
    [
      "Tor, as they are",
      { ...LISBON, country: "T1" },
      { ...LISBON, country: "T1" },
      [COUNTRY_UNKNOWN],
    ],
    [
      "no country, as they are",
      { ...LISBON, country: "XX" },
      { ...LISBON, country: "XX" },
      [COUNTRY_UNKNOWN],
    ],
  ])(
    "of a device in %s they are warned as much as they have to be",
    async (_, device, you, warnings) => {
      const { browser } = await signedInBrowser(service);
      browser.place = { ...you };
      const { userCode } = await deviceSeenAs({}, { ...device });

      const { lines, elements } = await browser.open(`/device?user_code=${userCode}`);

      const isWarned = warnings.length > 0;
      expect(lines.slice(4, lines.indexOf("Is it where you are?"))).toEqual(
        isWarned
          ? ["Look twice", ...warnings, "Approve only if the device is in front of you."]
          : [],
      );
      expect(elements.filter(({ attributes }) => attributes.role === "note")).toHaveLength(
        isWarned ? 1 : 0,
      );
    },
  );

  it("DEV-19: they read only the scopes that this device asked for", async () => {
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
      // What is no choice comes first.
      "Stay connected until you end it",
      "See your name",
      "See your e-mail address",
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
    const clientId = await oneClient({ firstParty: true, grants: [DEVICE_CODE_GRANT] });
    const { browser } = await signedInBrowser(service);
    const { userCode } = await deviceSeenAs({}, {}, { clientId });

    const { title, form } = await browser.open(`/device?user_code=${userCode}`);

    expect(title).toBe("Confirm a device – Latchkey");
    expect(form("/device").buttons).toHaveLength(2);
  });

  it("DEV-19: to deny is as easy as to approve: two buttons that differ in their word alone", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { form, elements } = await browser.open(`/device?user_code=${userCode}`);

    expect(form("/device").buttons).toEqual([
      { type: "submit", name: "decision", value: "approve" },
      // To deny, nothing has to be filled in.
      { type: "submit", name: "decision", value: "deny", formnovalidate: "" },
    ]);
    expect(elements.filter(({ attributes }) => "autofocus" in attributes)).toEqual([]);
    // The Enter key in a field presses the first button: one that does nothing.
    expect(elements.find(({ tag }) => tag === "button")?.attributes).toHaveProperty("disabled");
  });
});

function scopesIn(lines: readonly string[]): readonly string[] {
  const asked = lines.slice(lines.indexOf("It asks to") + 1);
  const all = asked.slice(0, asked.indexOf("Name this device (optional)"));
  return all.filter((line) => !line.startsWith("Untick"));
}
