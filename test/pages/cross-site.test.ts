import { beforeAll, describe, expect, it } from "vitest";
import { pages } from "../../src/pages/index.ts";
import { Browser, type Fields, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

/** What comes with a post that none of our pages made. */
const strangers: Record<string, Record<string, string>> = {
  "another site": { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  "another site that hides its origin": { "sec-fetch-site": "cross-site", origin: "null" },
  "a neighbouring host": { "sec-fetch-site": "same-site", origin: "http://other.localhost:8787" },
  "an address that was typed": { "sec-fetch-site": "none" },
  "a site that no browser names": { "sec-fetch-site": "own", origin: "null" },
  "an old browser on another site": { origin: "https://evil.example" },
  "an old browser that hides its origin": { origin: "null" },
  "our host on another port": { origin: "http://localhost:9999" },
  "our host under another scheme": { origin: "https://localhost:8787" },
  "a host that begins like ours": { origin: "http://localhost:8787.evil.example" },
  "a host that rebinds to ours": { origin: "http://evil.example:8787" },
  "something that says nothing": {},
};

/** A post that would change something if one of our own pages made it. */
interface Posting {
  browser: Browser;
  path: string;
  fields: Fields;
  hasChanged(): Promise<boolean>;
}

const service = startService();

beforeAll(registerClients);

const postings: Record<string, () => Promise<Posting>> = {
  async "signing in"() {
    const browser = new Browser(service);
    const { email, password } = await registered(service);
    return {
      browser,
      path: "/signin",
      fields: { email, password },
      hasChanged: async () => browser.cookies.size > 0,
    };
  },

  async "signing out"() {
    const { browser } = await signedInBrowser(service);
    const { csrf = "" } = (await browser.open("/device")).form("/signout").fields;
    const before = browser.copy();
    return {
      browser,
      path: "/signout",
      fields: { csrf },
      hasChanged: async () => (await before.open("/device")).status === 303,
    };
  },

  async "approving a device"() {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const shown = await browser.open(`/device?user_code=${userCode}`);
    return {
      browser,
      path: "/device",
      fields: { ...shown.form("/device").fields, decision: "approve" },
      hasChanged: async () => (await browser.open(`/device?user_code=${userCode}`)).status === 409,
    };
  },

  async "asking for a new password"() {
    return orderingMail("/forgot", { email: "robin@example.test" });
  },

  async "asking for a code by mail"() {
    return orderingMail("/signin/mail", { email: "robin@example.test" });
  },

  async "creating an account"() {
    const { email, password, name } = somebody();
    return orderingMail("/register", { email, password, name });
  },

  async "signing in with a code by mail"() {
    const browser = new Browser(service);
    const { email } = await registered(service);
    await browser.post("/signin/mail", { email });
    const { text } = await mailTo(service, email, /code/i);
    return {
      browser,
      path: "/signin/mail/code",
      fields: { email, mailed_code: text.match(/^\d{6}$/m)?.[0] ?? "" },
      hasChanged: async () => browser.cookies.size > 0,
    };
  },

  async "confirming an address"() {
    const person = await registered(service);
    const token = await mailedToken(service, person.email, VERIFY);
    return {
      browser: new Browser(service),
      path: "/verify",
      fields: { token },
      hasChanged: async () => (await signedIn(service, person)).user.emailVerified,
    };
  },

  async "setting a new password"() {
    const { email, password } = await registered(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);
    return {
      browser: new Browser(service),
      path: "/reset",
      fields: { token, password: "an-entirely-other-otter" },
      hasChanged: async () => {
        const { status } = await service.ask("/api/login", { body: { email, password } });
        return status === 401;
      },
    };
  },
};

describe.each(Object.keys(postings))("SES-07: %s", (what) => {
  let posting: Posting;

  beforeAll(async () => {
    posting = await (postings[what] as () => Promise<Posting>)();
  });

  it.each(Object.entries(strangers))("is refused to %s, and changes nothing", async (_, from) => {
    const { browser, path, fields, hasChanged } = posting;

    const { status, title, lines, headers } = await browser.post(path, fields, from);

    expect({ status, title, lines }).toEqual({
      status: 403,
      title: "That form is not from this page – Latchkey",
      lines: [
        "That form is not from this page",
        "Nothing was changed. Go back, reload the page and try again.",
        "Front page",
      ],
    });
    expect(headers.getSetCookie()).toEqual([]);
    expect(await hasChanged()).toBe(false);
  });

  it("is refused to another site, however it packs the fields", async () => {
    const { browser, path, fields, hasChanged } = posting;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    const headers = strangers["another site"] ?? {};
    const text = { ...headers, "content-type": "text/plain" };
    const untyped = { ...headers, "content-type": "" };
    const body = new URLSearchParams(fields).toString();

    const answers = [
      await browser.send(path, { method: "POST", headers, body: form }),
      await browser.send(path, { method: "POST", headers: text, body }),
      await browser.send(path, { method: "POST", headers: untyped, body }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await hasChanged()).toBe(false);
  });

  it("is refused as JSON, which is no form of ours", async () => {
    const { browser, path, fields, hasChanged } = posting;
    const headers = { ...strangers["another site"], "content-type": "application/json" };
    const body = JSON.stringify(fields);

    const { status } = await browser.send(path, { method: "POST", headers, body });

    expect(status).toBe(403);
    expect(await hasChanged()).toBe(false);
  });

  it("works from our own page", async () => {
    const { browser, path, fields, hasChanged } = posting;

    const { status } = await browser.post(path, fields);

    expect([200, 303]).toContain(status);
    expect(await hasChanged()).toBe(true);
  });
});

describe("SES-07: every form that is taken here", () => {
  it("is refused to whoever is not one of our pages, but the request that starts a client's sign-in", async () => {
    const { publicUrl } = service.settings;
    const { browser } = await signedInBrowser(service);
    const csrf = await tokenOf(browser);
    const { routes } = pages({ publicUrl, development: true });
    const paths = new Set(routes.filter(({ method }) => method === "POST").map(({ path }) => path));
    const open = new Set<string>();

    for (const path of paths) {
      for (const from of Object.values(strangers)) {
        const { status, title } = await browser.post(path, { csrf }, from);
        if (status !== 403 || title !== "That form is not from this page – Latchkey") {
          open.add(path);
        }
      }
    }

    expect(paths.size).toBeGreaterThan(25);
    // It changes nothing: OpenID Connect Core §3.1.2.1 lets any site send people there.
    expect([...open]).toEqual(["/oauth/authorize"]);
  });
});

describe("SES-07: our own page in a browser that does not say what site a request is from", () => {
  const { publicUrl } = service.settings;

  it("is known by its origin", async () => {
    expect((await new Browser(service).post("/signout", {}, { origin: publicUrl })).status).toBe(
      303,
    );
  });

  it("in development, may not be open under a name that only resolves to loopback", async () => {
    const origin = "http://evil.example:8787";

    expect((await new Browser(service).post(`${origin}/signout`, {}, { origin })).status).toBe(403);
  });

  it("in production, is open at the public URL and nowhere else", async () => {
    const production = startService({
      ENVIRONMENT: "production",
      PUBLIC_URL: "https://auth.example.test",
      PASSWORD_ITERATIONS: "600000",
    });
    const statuses: Record<string, number> = {};
    for (const origin of [
      "https://auth.example.test",
      "https://latchkey.example.workers.dev",
      "http://127.0.0.1:8787",
      "http://localhost:8787",
    ]) {
      const answer = await new Browser(production).post(`${origin}/signout`, {}, { origin });
      statuses[origin] = answer.status;
    }

    expect(statuses).toEqual({
      "https://auth.example.test": 303,
      "https://latchkey.example.workers.dev": 403,
      "http://127.0.0.1:8787": 403,
      "http://localhost:8787": 403,
    });
  });
});

describe("SES-07: a form's token", () => {
  it("has to be the one that was handed to this session, for a decision and for signing out", async () => {
    const { browser, person } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const own = await tokenOf(browser);
    const { browser: earlier } = await signedInBrowser(service, person);
    const { browser: stranger } = await signedInBrowser(service);
    const wrong: Record<string, string | undefined> = {
      missing: undefined,
      empty: "",
      "of another person": await tokenOf(stranger),
      "of the same person's other session": await tokenOf(earlier),
      "with its end changed": own.slice(0, -1) + (own.endsWith("A") ? "B" : "A"),
      "cut short": own.slice(0, -4),
      "the cookie itself": browser.cookies.get("latchkey"),
    };

    for (const [what, token] of Object.entries(wrong)) {
      const csrf: Fields = token === undefined ? {} : { csrf: token };
      const decision = { ...csrf, user_code: userCode };
      const answers = [
        await browser.post("/device", { ...decision, decision: "approve" }),
        await browser.post("/device", { ...decision, decision: "deny" }),
        await browser.post("/signout", csrf),
      ];
      expect(
        answers.map(({ status }) => status),
        what,
      ).toEqual([403, 403, 403]);
    }
    expect((await browser.open(`/device?user_code=${userCode}`)).status).toBe(200);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("is not needed to show what a link could show, but a wrong one is refused", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const without = await browser.post("/device", { user_code: userCode });
    const wrong = await browser.post("/device", { user_code: userCode, csrf: "x" });

    expect([without.status, wrong.status]).toEqual([200, 403]);
  });
});

describe("SES-07: an API call that rides on the page's cookie", () => {
  const path = "/api/v2/auth/device/authorize";
  const json = { "content-type": "application/json" };

  it("works from our own origin", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());

    const { status } = await browser.send(path, {
      method: "POST",
      headers: { ...json, "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ userCode }),
    });

    expect(status).toBe(200);
    expect((await poll(service, deviceCode)).status).toBe(200);
  });

  it("is refused to everybody else, and decides nothing", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());
    const body = JSON.stringify({ userCode });

    for (const [who, from] of Object.entries(strangers)) {
      const answer = await browser.send(path, {
        method: "POST",
        headers: { ...json, ...from },
        body,
      });
      expect({ who, status: answer.status, body: JSON.parse(answer.source) }).toEqual({
        who,
        status: 403,
        body: {
          error: {
            code: "cross_site_request",
            message: "A page's session may be used from its own origin only.",
          },
        },
      });
    }
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("is refused in a content type that a foreign form can send", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode, deviceCode } = await startedDevice(startService());

    const { status } = await browser.send(path, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "text/plain" },
      body: JSON.stringify({ userCode }),
    });

    expect(status).toBe(415);
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("does not make up for an access token that is not valid", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());

    const { status } = await browser.send(path, {
      method: "POST",
      headers: { ...json, "sec-fetch-site": "same-origin", authorization: "Bearer not.a.token" },
      body: JSON.stringify({ userCode }),
    });

    expect(status).toBe(401);
  });

  it("ends with the page's session", async () => {
    const { browser } = await signedInBrowser(service);
    const { userCode } = await startedDevice(startService());
    const stolen = browser.copy();
    await browser.submit((await browser.open("/device")).form("/signout"));

    const { status } = await stolen.send(path, {
      method: "POST",
      headers: { ...json, "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ userCode }),
    });

    expect(status).toBe(401);
  });
});

/** A post that has a mail sent, at a service whose queue is watched. */
function orderingMail(path: string, fields: Fields): Posting {
  const orders: unknown[] = [];
  const watched = startService({ MAIL: { send: async (order: unknown) => orders.push(order) } });
  return { browser: new Browser(watched), path, fields, hasChanged: async () => orders.length > 0 };
}

async function tokenOf(browser: Browser): Promise<string> {
  return (await browser.open("/device")).form("/signout").fields.csrf ?? "";
}
