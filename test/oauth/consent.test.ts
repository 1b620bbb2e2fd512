import { beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  codeOf,
  consentFields,
  oneClient,
  replyOf,
  SPA_CALLBACK,
} from "../support/authorization.ts";
import { type Fields, readingIn, signedInBrowser } from "../support/browser.ts";
import { askToken, redemption } from "../support/oauth.ts";
import { API, OTHER_API, registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;

beforeAll(registerOAuthClients);

describe("before a person decides", () => {
  it("they read who asks for what and where it leads, and who they are here", async () => {
    const { browser, person } = await signedInBrowser(service);

    const { lines } = await ask(browser, {
      client_id: "test-backend",
      redirect_uri: "https://backend.example.test/callback",
      scope: "openid email reports:read",
      resource: [API, OTHER_API],
    });

    expect(lines).toEqual([
      "Allow access to your account?",
      "The client test-backend (test-backend) wants to use your account.",
      "Nobody has told us who makes it.",
      "It asks to",
      "Untick anything that it should not do. Without any, it can sign you in and nothing else.",
      "Know that it is you",
      // It may refresh, though it did not ask for `offline_access`.
      "Stay connected until you end it",
      "See your e-mail address",
      "reports:read",
      `For use at ${API}`,
      `For use at ${OTHER_API}`,
      "Afterwards you are sent to",
      "backend.example.test",
      "If you do not know this app or did not start this yourself, deny. You can end its access at any time in the list of your sessions and devices.",
      "Allow",
      "Deny",
      `Signed in as ${person.email}`,
      "Not you? Sign out",
    ]);
  });

  it.each([
    ["https://app.example.test:8443/cb", "app.example.test:8443"],
    ["http://127.0.0.1:50123/cb", "A program on this device (127.0.0.1:50123)"],
    ["http://[::1]:50123/cb", "A program on this device ([::1]:50123)"],
    ["com.example.app:/cb", "An app on this device (com.example.app:)"],
    ["https://xn--80ak6aa92e.example/cb", "xn--80ak6aa92e.example"],
  ])("they read of %s that it is %s", async (redirect_uri, where) => {
    const { browser } = await signedInBrowser(service);
    const client_id = await oneClient({ redirectUris: [redirect_uri] });

    const { lines } = await ask(browser, { client_id, redirect_uri });

    expect(lines[lines.indexOf("Afterwards you are sent to") + 1]).toBe(where);
  });

  it("to deny is as easy as to allow: two buttons that differ in their word alone", async () => {
    const { browser } = await signedInBrowser(service);

    const { form, elements } = await ask(browser);

    expect(form("/oauth/consent").buttons).toEqual([
      { type: "submit", name: "decision", value: "allow" },
      { type: "submit", name: "decision", value: "deny" },
    ]);
    expect(elements.filter(({ attributes }) => "autofocus" in attributes)).toEqual([]);
  });

  it("hostile names, scopes and states are text, and the request cannot be read", async () => {
    const hostile = `</p><script>alert(1)</script><img src=x onerror=alert(2)>"'`;
    const { browser } = await signedInBrowser(service);
    const name = `${hostile}\u202E\u0000 evil`;
    const client_id = await oneClient({ name, scopes: ["<b>", `x"onclick="alert(3)`] });

    const { elements, lines, source } = await ask(browser, { client_id, state: hostile });

    expect(lines[1]).toBe(`${hostile} … (${client_id}) wants to use your account.`);
    expect(lines.slice(5, 7)).toEqual(["<b>", `x"onclick="alert(3)`]);
    expect(elements.filter(({ tag }) => /^(script|img|b)$/.test(tag))).toEqual([]);
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes))).not.toContain("onclick");
    expect(source).not.toContain("\u202E");
    expect(source.match(/alert\(2\)/g)).toHaveLength(1);
    expect(source).not.toContain(SPA_CALLBACK);
  });
});

describe("what a person leaves of what was asked for", () => {
  const scope = "openid profile email";
  const tokensAfter = async (unticked: Record<string, null>) => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser, { scope });
    const answer = await browser.submit(form("/oauth/consent"), { ...unticked, decision: "allow" });
    const { body } = await askToken(service, redemption(codeOf(answer)));
    return body;
  };

  it("is what the client gets, and it is told so", async () => {
    expect((await tokensAfter({})).scope).toBe(scope);
    expect((await tokensAfter({ "scope.email": null })).scope).toBe("openid profile");
  });

  it("is at least to know who it is, where that was asked for", async () => {
    const none = { "scope.profile": null, "scope.email": null };

    const tokens = await tokensAfter(none);

    expect(tokens.scope).toBe("openid");
    expect(tokens.id_token).toBeDefined();
  });

  it("is never more than was asked for", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser, { scope: "openid" });

    const answer = await browser.post("/oauth/consent", {
      ...form("/oauth/consent").fields,
      "scope.email": "on",
      decision: "allow",
    });

    expect([answer.status, answer.location]).toEqual([400, null]);
  });
});

describe("a person who reads another language", () => {
  it("is asked in it", async () => {
    const { browser } = await signedInBrowser(service);
    const client_id = await oneClient({ name: "Laden", owner: "Acme GmbH", scopes: ["email"] });

    const { lang, title, lines } = await readingIn("de", () => ask(browser, { client_id }));

    expect([lang, title]).toEqual(["de", "Zugriff erlauben? – Latchkey"]);
    expect(lines.slice(0, -2)).toEqual([
      "Zugriff auf Ihr Konto erlauben?",
      `Laden (${client_id}) möchte Ihr Konto verwenden.`,
      "Als Hersteller ist Acme GmbH angegeben. Geprüft haben wir das nicht.",
      "Es möchte",
      "Nehmen Sie das Häkchen weg von allem, was es nicht darf. Ganz ohne kann es Sie anmelden, sonst nichts.",
      "Ihre E-Mail-Adresse sehen",
      "Danach werden Sie weitergeleitet an",
      "spa.example.test",
      "Wenn Sie diese App nicht kennen oder das nicht selbst begonnen haben, lehnen Sie ab. Sie können den Zugriff jederzeit beenden, in der Liste Ihrer Sitzungen und Geräte.",
      "Erlauben",
      "Ablehnen",
    ]);
  });
});

describe("a person who says no", () => {
  it("is led back, and the client learns no more than that", async () => {
    const { browser } = await signedInBrowser(service);
    const { form } = await ask(browser);

    const answer = await browser.submit(form("/oauth/consent"), { decision: "deny" });

    expect(replyOf(answer)).toEqual({
      status: 303,
      to: SPA_CALLBACK,
      error: "access_denied",
      error_description: "The person said no.",
      state: "a-state",
      iss: ISS,
    });
  });
});

describe("a decision", () => {
  it("needs the token of the form that this session was shown", async () => {
    const { browser, person } = await signedInBrowser(service);
    const fields = await consentFields(browser);
    const earlier = (await signedInBrowser(service, person)).browser;
    const stranger = (await signedInBrowser(service)).browser;
    const { csrf: _, ...without } = fields;
    const wrong: Record<string, Fields> = {
      missing: without,
      empty: { ...fields, csrf: "" },
      "of another person": { ...fields, csrf: (await consentFields(stranger)).csrf ?? "" },
      "of the same person's other session": {
        ...fields,
        csrf: (await consentFields(earlier)).csrf ?? "",
      },
      "the request": { ...fields, csrf: fields.request ?? "" },
    };

    for (const [what, sent] of Object.entries(wrong)) {
      for (const decision of ["allow", "deny"]) {
        const answer = await browser.post("/oauth/consent", { ...sent, decision });
        expect([what, answer.status, answer.location]).toEqual([what, 403, null]);
      }
    }
  });

  it("SES-07: is refused when another site made it, with everything else in order", async () => {
    const { browser } = await signedInBrowser(service);
    const fields = { ...(await consentFields(browser)), decision: "allow" };

    for (const from of [
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site", origin: "http://other.localhost:8787" },
      { origin: "null" },
      {},
    ]) {
      const answer = await browser.post("/oauth/consent", fields, from);
      expect([answer.status, answer.location]).toEqual([403, null]);
    }
  });

  it("is never made by a link, whatever is in it", async () => {
    const { browser } = await signedInBrowser(service);
    const query = new URLSearchParams({ ...(await consentFields(browser)), decision: "allow" });

    const page = await browser.open(`/oauth/consent?${query}`);

    expect([page.status, page.title]).toEqual([200, "Allow access? – Latchkey"]);
  });

  it.each(["", "maybe", "ALLOW", "approve"])("is none of our making: %j", async (decision) => {
    const { browser } = await signedInBrowser(service);

    const answer = await browser.post("/oauth/consent", {
      ...(await consentFields(browser)),
      decision,
    });

    expect([answer.status, answer.location]).toEqual([400, null]);
  });

  it("leads to the sign-in page when nobody is in any more, and then asks again", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { form } = await ask(browser);
    browser.cookies.clear();

    const answer = await browser.submit(form("/oauth/consent"), { decision: "allow" });
    const signIn = await browser.follow(answer);
    const { email, password } = person;
    const signedIn = await browser.submit(signIn.form("/signin"), { email, password });

    expect(answer.location).toMatch(/^\/signin\?return_to=%2Foauth%2Fconsent%3Frequest%3D[\w-]+$/);
    expect((await browser.follow(signedIn)).title).toBe("Allow access? – Latchkey");
  });
});
