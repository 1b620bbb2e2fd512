import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";
import { Browser, type Page, signedInBrowser } from "../support/browser.ts";
import { registerClients, TV } from "../support/clients.ts";
import type { StartedBody } from "../support/devices.ts";
import { startService } from "../support/service.ts";

/** What strangers call themselves, and what a person is shown of it when 60 characters fit. */
const names: [name: string, shown: string][] = [
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ["</strong></main></body><h1>Done</h1>", "</strong></main></body><h1>Done</h1>"],
  ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ["<!--", "<!--"],
  ["]]><svg/onload=alert(1)>", "]]><svg/onload=alert(1)>"],
  ['" autofocus onfocus="alert(1)', '" autofocus onfocus="alert(1)'],
  ["' onmouseover='alert(1)", "' onmouseover='alert(1)"],
  ["&lt;b&gt; &amp;quot;", "&lt;b&gt; &amp;quot;"],
  ["javascript:alert(1)", "javascript:alert(1)"],
  [`\${7*7} {{7*7}} %s $& $1`, `\${7*7} {{7*7}} %s $& $1`],
  ["\u202egnip.exe", "gnip.exe"],
  ["Bank\u2066\u202d\u200f\u061c!", "Bank !"],
  ["Latch\u200bkey\ufeff\u2060", "Latch key"],
  ["one\r\nSet-Cookie: latchkey=x", "one Set-Cookie: latchkey=x"],
  ["one\u2028two\u2029three\u0085four", "one two three four"],
  ["a\u0001b\u001b[31mc\u007f", "a b [31mc"],
  ["Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306", "Z\u0300\u0301\u0302"],
  ["   wide \t  open   ", "wide open"],
  ["\u200b\u200e\u202e\u2069", "(nothing readable)"],
  ["x".repeat(500), `${"x".repeat(60)}…`],
  ["💥".repeat(500), `${"💥".repeat(60)}…`],
  ["<b>".repeat(167), `${"<b>".repeat(20)}…`],
];

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const service = startService();
let browser: Browser;
let plain: Page;

beforeAll(async () => {
  await registerClients();
  ({ browser } = await signedInBrowser(service));
  plain = await confirmationOf({ clientId: await namedClient("A client", ["a:scope"]) });
});

async function namedClient(name: string, scopes: string[], owner?: string): Promise<string> {
  const id = crypto.randomUUID();
  const grants = ["urn:ietf:params:oauth:grant-type:device_code"];
  await openDatabase(env.DB)
    .insert(clients)
    .values({
      tenantId: DEFAULT_TENANT_ID,
      id,
      name,
      owner,
      grants,
      scopes,
      redirectUris: [],
      createdAt: new Date(0),
    });
  return id;
}

interface Stranger {
  clientId: string;
  userAgent?: string;
  cf?: Record<string, unknown>;
}

/** The page on which a person would decide about this stranger. */
async function confirmationOf({ clientId, userAgent = "Plain/1.0", cf = {} }: Stranger) {
  const request = new Request(`${service.settings.publicUrl}/api/v2/auth/device`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": userAgent,
      "cf-connecting-ip": new Browser(service).address,
    },
    body: JSON.stringify({ clientId }),
    cf,
  });
  const { userCode } = await (await service.fetch(request)).json<StartedBody>();
  return browser.open(`/device?user_code=${userCode}`);
}

describe("a client's name can say anything and change nothing", () => {
  it.each(names)("%j", async (name, shown) => {
    const clientId = await namedClient(name, ["a:scope"]);

    const page = await confirmationOf({ clientId });

    expect(page.lines[2]).toBe(`${shown} (${clientId}) wants to use your account.`);
    expect(shapeOf(page)).toEqual(shapeOf(plain));
    expect(page.source).not.toMatch(INVISIBLE);
  });
});

describe("a client's owner can say anything and change nothing", () => {
  it.each(names)("%j", async (owner, shown) => {
    const clientId = await namedClient("A client", ["a:scope"], owner);

    const page = await confirmationOf({ clientId });

    expect(page.lines[3]).toBe(
      `It is said to be made by ${shown}, which we have not checked: any device can claim to be.`,
    );
    expect(shapeOf(page).filter((element) => element !== "bdi")).toEqual(
      shapeOf(plain).filter((element) => element !== "bdi"),
    );
    expect(page.source).not.toMatch(INVISIBLE);
  });
});

describe("a device's name can say anything and change nothing", () => {
  it.each(names)("%j", async (typed) => {
    const clientId = await namedClient("A client", ["a:scope"]);
    const approved = async (device_name: string) => {
      const { form } = await confirmationOf({ clientId });
      return browser.submit(form("/device"), { device_name, decision: "approve" });
    };

    const page = await approved(typed);

    const [, said = ""] = page.lines;
    const [, name = ""] = said.match(/^A client is .* now(?:, under the name (.*))?\.$/) ?? [];
    expect(page.status).toBe(200);
    expect([...name].length).toBeLessThanOrEqual(60);
    expect(shapeOf(page)).toEqual(shapeOf(await approved(name)));
    expect(page.source).not.toMatch(INVISIBLE);
  });
});

describe("a scope without words can say anything and change nothing", () => {
  it("in a list of as many as it asks for", async () => {
    const scopes = names.map(([name]) => name);
    const harmless = scopes.map((_, index) => `scope:${index}`);
    const alike = await confirmationOf({ clientId: await namedClient("A client", harmless) });

    const page = await confirmationOf({ clientId: await namedClient("A client", scopes) });

    expect(shapeOf(page)).toEqual(shapeOf(alike));
    expect(page.source).not.toMatch(INVISIBLE);
    expect(page.lines).toContain("<script>alert(1)</script>");
    expect(page.lines).toContain(`${"x".repeat(80)}…`);
  });
});

describe("where a device says it is can say anything and change nothing", () => {
  it.each(names)("%j", async (text) => {
    const page = await confirmationOf({
      clientId: TV,
      userAgent: text.replace(/[^\x20-\x7e]/g, "?"),
      cf: { city: text, country: text, asOrganization: text },
    });
    const alike = await confirmationOf({ clientId: TV });

    expect(shapeOf(page)).toEqual(shapeOf(alike));
    expect(page.source).not.toMatch(INVISIBLE);
    const [start, end] = [page.lines.indexOf("The device"), page.lines.indexOf("You")];
    for (const line of page.lines.slice(start, end)) {
      expect([...line].length).toBeLessThanOrEqual(140);
    }
  });
});

describe("a user code that is none", () => {
  const codes = names.map(([name]) => name);

  it.each(codes)("is not repeated on the page: %j", async (code) => {
    const [short, long] = [await browser.open("/device?user_code=none"), await tooLong()];

    const linked = await browser.open(`/device?user_code=${encodeURIComponent(code)}`);
    const typed = await browser.post("/device", { user_code: code });

    const expected = code.length > 32 ? long : short;
    expect([linked.status, linked.source]).toEqual([expected.status, expected.source]);
    expect([typed.status, typed.source]).toEqual([expected.status, expected.source]);
  });

  it.each(codes)("passes through signing in as nothing but a code: %j", async (code) => {
    const visitor = new Browser(service);

    const sentAway = await visitor.open(`/device?user_code=${encodeURIComponent(code)}`);
    const signIn = await visitor.follow(sentAway);

    expect(sentAway.location).toMatch(
      /^\/signin\?return_to=%2Fdevice(%3Fuser_code%3D[\w%.~!*'()-]*)?$/,
    );
    const path = new URL(signIn.form("/signin").fields.return_to ?? "", "http://here.test");
    expect(path.searchParams.get("user_code")).toBe(code.length > 32 ? null : code);
    expect(shapeOf(signIn)).toEqual(shapeOf(await visitor.open("/signin")));
  });

  function tooLong(): Promise<Page> {
    return browser.open(`/device?user_code=${"B".repeat(33)}`);
  }
});

describe("what comes back into a field comes back as a value", () => {
  it.each(["/signin", "/forgot"])("the address typed at %s", async (path) => {
    const visitor = new Browser(service);
    const alike = await visitor.post(path, { email: "robin", password: "x" });
    for (const [email] of names) {
      const page = await visitor.post(path, { email, password: "x" });
      expect(shapeOf(page), email).toEqual(shapeOf(alike));
      expect(page.form(path).fields.email).toBe(email);
    }
  });

  it.each(["/verify", "/reset"])("the token of a link to %s", async (path) => {
    const visitor = new Browser(service);
    const alike = await visitor.open(`${path}?token=x`);
    for (const [token] of names) {
      const page = await visitor.open(`${path}?token=${encodeURIComponent(token)}`);
      expect(shapeOf(page), token).toEqual(shapeOf(alike));
      expect(page.form(path).fields.token).toBe(token);
    }
  });
});

/** Every element with the names of its attributes: what markup in a text would change. */
function shapeOf({ elements }: Page): string[] {
  return elements.map(({ tag, attributes }) => [tag, ...Object.keys(attributes)].join(" "));
}
