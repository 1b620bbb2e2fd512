import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Authenticator } from "../support/authenticator.ts";
import { ask } from "../support/authorization.ts";
import {
  Browser,
  memberBrowser,
  type Page,
  readingIn,
  signedInBrowser,
} from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { startedDevice } from "../support/devices.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { passkeyForm } from "../support/passkeys.ts";
import { type Person, registered, somebody } from "../support/people.ts";
import { PROTECTION } from "../support/protection.ts";
import { startService } from "../support/service.ts";

/** The one script there is. */
const SCRIPT = {
  type: "module",
  src: expect.stringMatching(/^\/assets\/passkey\.js\?v=[0-9a-f]+$/),
};

/** What reads the same in English and German: names, codes, addresses and lines for a shell. */
const ALIKE =
  /^(Latchkey|A key|Browser|Code|Deutsch|English|Name|Name: Robin Example|Passkeys|\(code\)|\(address\)|[\w.]+\.test|curl .*)$/;

const service = startService();
const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
const flooded = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });
const down = startService({ CODES: { get: () => Promise.reject(new Error("KV is down")) } });
let browser: Browser;
let person: Person;

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
  ({ browser, person } = await memberBrowser(service));
});

const A_KEY = { name: "A key", "profile:read": "on", life: "30" };

/** Every page there is, each in every state that it can be in. */
const pages: Record<string, [status: number, visit: () => Promise<Page>]> = {
  "the front page": [200, () => browser.open("/")],
  "the front page in production": [200, () => new Browser(inProduction()).open("/")],
  "the mailbox": [200, () => browser.open("/dev/mailbox")],
  "signing in": [200, () => new Browser(service).open("/signin")],
  "signing in, signed in already": [200, () => browser.open("/signin")],
  "signing in, and once more": [200, signInAnew],
  "signing in, refused": [401, () => browser.post("/signin", { email: "a@b.test", password: "x" })],
  "signing in, malformed": [400, () => browser.post("/signin", {})],
  "signing in, too often": [429, () => new Browser(fenced).post("/signin", credentials())],
  "signing in with a passkey, refused": [401, () => answerWithPasskey("{}")],
  "signing in with a passkey, too late": [400, () => browser.post("/signin/passkey", {})],
  "a second factor, malformed": [400, () => browser.post("/signin/code", { code: "" })],
  "a second factor, too late": [401, () => browser.post("/signin/code", { code: "123456" })],
  "asking for a code by mail": [200, () => browser.open("/signin/mail")],
  "asking for a code by mail, malformed": [400, () => browser.post("/signin/mail", {})],
  "asking for a code by mail, too often": [
    429,
    () => new Browser(fenced).post("/signin/mail", { email: "a@b.test" }),
  ],
  "entering a code by mail": [200, () => browser.post("/signin/mail", { email: "a@b.test" })],
  "entering a code by mail, wrong": [401, () => enterMailedCode("none")],
  "entering a code by mail, malformed": [400, () => enterMailedCode("")],
  "creating an account": [200, () => browser.open("/register")],
  "creating an account, malformed": [400, () => browser.post("/register", { name: "\u0007" })],
  "creating an account, too weak": [400, () => register("short")],
  "creating an account, too often": [429, () => register("gentle-otters", fenced)],
  "an account asked for": [200, () => register("gentle-otters")],
  "creating an account, where nobody may": [403, closedRegistration],
  "entering a code": [200, () => browser.open("/device")],
  "confirming a device": [200, async () => confirmation()],
  "a device approved": [200, async () => decided("approve")],
  "a device denied": [200, async () => decided("deny")],
  "a code that is unknown": [404, () => browser.open("/device?user_code=none")],
  "a code that is too long": [400, () => browser.open(`/device?user_code=${"B".repeat(99)}`)],
  "a code that is used up": [409, usedCode],
  "too many codes": [429, tooManyCodes],
  "asking for consent": [200, () => ask(browser)],
  "signing in on the way to a client": [200, signInOnTheWay],
  "a client that is unknown": [400, () => ask(browser, { client_id: "nobody" })],
  "a redirect URI that is unknown": [400, () => ask(browser, { redirect_uri: "https://x.test" })],
  "a request that is not complete": [400, () => browser.open("/oauth/authorize")],
  "a request that took too long": [400, () => browser.open("/oauth/consent?request=x")],
  "asking for clients too often": [429, () => ask(new Browser(flooded), { client_id: "x" })],
  "asking for a new password": [200, () => browser.open("/forgot")],
  "a new password asked for": [200, () => browser.post("/forgot", { email: "a@b.test" })],
  "asking for a new password, malformed": [400, () => browser.post("/forgot", {})],
  "asking for a new password, too often": [
    429,
    () => new Browser(fenced).post("/forgot", { email: "a@b.test" }),
  ],
  "confirming an address": [200, () => browser.open("/verify?token=x")],
  "an address confirmed": [200, confirmedAddress],
  "confirming an address, too often": [
    429,
    () => new Browser(fenced).post("/verify", { token: "x" }),
  ],
  "a dead link to confirm an address": [400, () => browser.open("/verify")],
  "setting a password": [200, () => browser.open("/reset?token=x")],
  "setting a password, too weak": [400, () => setPassword("short")],
  "a password set": [200, () => setPassword("entirely-other-otters")],
  "a dead link to set a password": [400, () => browser.open("/reset")],
  "the account": [200, () => inAccount("/account")],
  "the profile": [200, () => inAccount("/account/profile")],
  "the profile, malformed": [400, () => postInAccount("/account/profile", { name: "" })],
  "what one signs in with": [200, () => inAccount("/account/security")],
  "changing the password": [200, () => inAccount("/account/security/password")],
  "changing the password, refused": [
    401,
    () => postInAccount("/account/security/password", { current_password: "x", password: "y" }),
  ],
  "changing the address": [200, () => inAccount("/account/security/email")],
  "changing the address, malformed": [400, () => postInAccount("/account/security/email", {})],
  "two factors": [200, () => inAccount("/account/security/two-factor")],
  "setting up an app": [200, () => postInAccount("/account/security/two-factor", {})],
  "setting up an app, refused": [401, async () => (await appSetUp("wrong")).page],
  "recovery codes": [200, async () => (await appSetUp("right")).page],
  "two factors, turned on": [200, () => withTwoFactors("/account/security/two-factor")],
  "new recovery codes": [200, () => withTwoFactors("/account/security/recovery-codes")],
  "turning two factors off": [200, () => withTwoFactors("/account/security/two-factor-off")],
  "sessions and devices": [200, () => inAccount("/account/sessions")],
  "signing out everywhere else": [200, () => inAccount("/account/sessions/elsewhere")],
  "API keys": [200, () => inAccount("/account/keys")],
  "API keys, malformed": [400, () => postInAccount("/account/keys", {})],
  "a new API key": [200, () => postInAccount("/account/keys", A_KEY)],
  "what happened": [200, () => inAccount("/account/activity")],
  "a form of an earlier sign-in": [403, () => postInAccount("/account/profile", { csrf: "x" })],
  "a password that has to be changed": [403, mustChangePassword],
  "a foreign form": [403, () => browser.post("/signin", {}, { origin: "https://evil.example" })],
  "a decision without its token": [403, () => browser.post("/device", { decision: "approve" })],
  "a decision that is none": [400, noDecision],
  "a method that is not taken": [405, () => browser.send("/signin", { method: "DELETE" })],
  "a body that is too large": [413, () => browser.post("/signin", { email: "x".repeat(20_000) })],
  "a body that is no form": [415, postedJson],
  "an outage": [503, () => new Browser(down).post("/verify", { token: "x" })],
  "a bug": [500, bug],
};

describe.each(Object.entries(pages))("%s", (_, [status, visit]) => {
  let page: Page;

  beforeAll(async () => {
    page = await visit();
  });

  it(`is a page with status ${status}, kept by nobody`, () => {
    expect(page.status).toBe(status);
    expect(headersOf(page, ["content-type", "cache-control"])).toEqual({
      "content-type": "text/html; charset=UTF-8",
      "cache-control": "no-store",
    });
  });

  it("comes with all protection, and sets no cookie", () => {
    const onTheWay = page.source.includes("/oauth/consent") ? " https:" : "";
    const scripts = page.elements.some(({ tag }) => tag === "script") ? "'self'" : "'none'";
    const policy = PROTECTION["content-security-policy"]
      .replace("form-action 'self'", `$&${onTheWay}`)
      .replace("script-src 'none'", `script-src ${scripts}`);
    expect(headersOf(page, Object.keys(PROTECTION))).toEqual({
      ...PROTECTION,
      "content-security-policy": policy,
    });
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("has a language and its direction, a title, one heading and one main part", () => {
    expect(page.source).toMatch(/^<!doctype html>/);
    const [html] = page.elements;
    expect(html).toEqual({ tag: "html", attributes: { lang: "en", dir: "ltr" } });
    expect(page.title).toMatch(/^\S.* – Latchkey$/);
    expect(page.elements.filter(({ tag }) => tag === "h1")).toHaveLength(1);
    expect(page.elements.filter(({ tag }) => tag === "main")).toHaveLength(1);
    expect(metaOf(page, "viewport")).toBe("width=device-width, initial-scale=1");
  });

  it("says in German everything that it says in English", async () => {
    const german = await readingIn("de", visit);

    const shared = linesOf(german).filter((line) => linesOf(page).includes(line));
    expect([german.status, german.lang]).toEqual([status, "de"]);
    expect(shared.filter((line) => !ALIKE.test(line))).toEqual([]);
  });

  it("has no script and no style of its own, and runs one only to ask for a passkey", () => {
    const asksForPasskey = page.forms.some(({ passkeyOptions }) => passkeyOptions !== null);
    const scripts = page.elements.filter(({ tag }) => tag === "script");
    const active = /^(script|style|iframe|frame|object|embed|base|svg|math|template|link)$/;
    const harmless = /^(icon|stylesheet|qr)$/;
    const found = page.elements.filter(
      ({ tag, attributes: { rel = "", class: name = rel } }) =>
        active.test(tag) && !harmless.test(name),
    );
    const inline = page.elements
      .flatMap(({ attributes }) => Object.keys(attributes))
      .filter((name) => /^(on|style$|srcdoc$|formaction$|http-equiv$|ping$)/i.test(name));

    expect(found).toEqual(scripts);
    expect(scripts.map(({ attributes }) => attributes)).toEqual(asksForPasskey ? [SCRIPT] : []);
    expect(page.source.match(/<script[^>]*>(?!<\/script>)/)).toBeNull();
    expect(inline).toEqual([]);
  });

  it("loads from here, links to here and posts to here only", () => {
    const addresses = page.elements
      .filter(({ tag }) => tag !== "a" || !page.title.startsWith("Mailbox"))
      .flatMap(({ attributes: { href, src, action } }) => [href, src, action])
      .filter((address) => address !== undefined);

    expect(addresses).toContainEqual(expect.stringMatching(/^\/style\.css\?v=[0-9a-f]+$/));
    for (const address of addresses) {
      expect(address).toMatch(/^(\/($|[\w.])|data:,$)/);
    }
    expect(page.forms.filter(({ method }) => method !== "post")).toEqual([]);
  });

  it("weighs less than 15 KiB with its style, as it is sent", async () => {
    const style = await browser.open("/style.css");

    const sizes = await Promise.all([page, style].map(({ source }) => packedBytes(source)));

    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(15 * 1024);
  });

  it("has a label for everything that can be typed, under an id of its own", () => {
    const ids = page.elements.flatMap(({ attributes: { id } }) => id ?? []);
    const labelled = page.elements.flatMap(({ attributes }) => attributes.for ?? []);
    const typed = page.elements.filter(
      ({ tag, attributes }) =>
        /^(input|select)$/.test(tag) && attributes.type !== "hidden" && !("hidden" in attributes),
    );

    expect(new Set(ids).size).toBe(ids.length);
    expect(labelled).toEqual(typed.map(({ attributes: { id } }) => id));
  });
});

describe("what is no page", () => {
  it("a redirect comes with all protection, and sets no cookie", async () => {
    const redirect = await new Browser(service).open("/device");

    expect(redirect.status).toBe(303);
    expect(headersOf(redirect, ["cache-control", ...Object.keys(PROTECTION)])).toEqual({
      ...PROTECTION,
      "cache-control": "no-store",
    });
    expect(redirect.headers.getSetCookie()).toEqual([]);
    expect(redirect.source).toBe("");
  });

  it("signing in and out comes with all protection, and only the one cookie", async () => {
    const visitor = new Browser(service);
    const signedIn = await visitor.signIn(person);
    const { form } = await visitor.open("/device");
    const signedOut = await visitor.submit(form("/signout"));

    for (const answer of [signedIn, signedOut]) {
      expect(headersOf(answer, ["cache-control", ...Object.keys(PROTECTION)])).toEqual({
        ...PROTECTION,
        "cache-control": "no-store",
      });
      expect(answer.headers.getSetCookie()).toHaveLength(1);
    }
  });

  it("the stylesheet comes with all protection, may be kept, and loads nothing", async () => {
    const { elements } = await browser.open("/signin");
    const path = elements.find(({ attributes }) => attributes.rel === "stylesheet")?.attributes
      .href;
    const sheet = await browser.open(path ?? "");

    expect(sheet.status).toBe(200);
    expect(headersOf(sheet, ["content-type", "cache-control", ...Object.keys(PROTECTION)])).toEqual(
      {
        ...PROTECTION,
        "content-type": "text/css; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
      },
    );
    expect(sheet.headers.getSetCookie()).toEqual([]);
    expect(sheet.source).not.toMatch(/url\(|@import|expression/i);
  });

  it.each(["/style.css", "/style.css?v=0"])("the stylesheet is not kept as %s", async (path) => {
    const { status, headers } = await browser.open(path);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it("the script comes with all protection, may be kept, and sends nothing by itself", async () => {
    const { elements } = await browser.open("/signin");
    const path = elements.find(({ tag }) => tag === "script")?.attributes["src"] ?? "";
    const script = await browser.open(path);

    expect(script.status).toBe(200);
    expect(
      headersOf(script, ["content-type", "cache-control", ...Object.keys(PROTECTION)]),
    ).toEqual({
      ...PROTECTION,
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(script.headers.getSetCookie()).toEqual([]);
    expect(script.source).not.toMatch(/fetch\(|XMLHttpRequest|sendBeacon|eval|innerHTML|import/);
  });

  it("asking for the head alone is answered like asking for the page", async () => {
    const head = await browser.send("/signin", { method: "HEAD" });
    const { headers } = await browser.open("/signin");
    const names = [...headers.keys()].filter((name) => name !== "x-request-id");

    expect([head.status, head.source]).toEqual([200, ""]);
    expect(headersOf(head, names)).toEqual(headersOf({ headers }, names));
  });
});

/** What people read, but for what differs between any two visits, and for mails in the mailbox. */
function linesOf({ title, lines }: Page): string[] {
  const own = title.startsWith("Mailbox") ? lines.slice(0, 1) : lines;
  return [title.replace(/ – .*$/, ""), ...own].map((line) =>
    line.replaceAll(/[\w.-]+@[\w.-]+/g, "(address)").replaceAll(/[B-Z]{4}-[B-Z]{4}/g, "(code)"),
  );
}

async function packedBytes(text: string): Promise<number> {
  const packed = new Response(text).body?.pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed ?? null).arrayBuffer()).byteLength;
}

function headersOf({ headers }: Pick<Page, "headers">, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]));
}

function metaOf({ elements }: Page, name: string): string | undefined {
  return elements.find(({ attributes }) => attributes.name === name)?.attributes.content;
}

function inProduction() {
  return startService({
    ENVIRONMENT: "production",
    PUBLIC_URL: "https://auth.example.test",
    PASSWORD_ITERATIONS: "600000",
  });
}

function credentials() {
  return { email: person.email, password: person.password };
}

async function confirmation(): Promise<Page> {
  const { userCode } = await startedDevice(startService());
  return browser.open(`/device?user_code=${userCode}`);
}

async function decided(decision: string): Promise<Page> {
  const { form } = await confirmation();
  return browser.submit(form("/device"), { decision });
}

/** With a session that began too long ago for what is asked for. */
async function signInAnew(): Promise<Page> {
  const { browser: visitor } = await signedInBrowser(service);
  await env.DB.prepare("UPDATE sessions SET created_at = created_at - 700000").run();
  return visitor.open("/signin?return_to=%2Faccount%2Fsecurity");
}

/** Each time somebody new, who signed in just now. */
async function inAccount(path: string): Promise<Page> {
  const { browser: visitor } = await signedInBrowser(startService());
  return visitor.open(path);
}

async function postInAccount(path: string, fields: Record<string, string>): Promise<Page> {
  const { browser: visitor } = await signedInBrowser(startService());
  const { csrf = "" } = (await visitor.open("/account")).form("/signout").fields;
  return visitor.post(path, { csrf, ...fields });
}

/** What setting up an app leads to with a code that it shows, or with another. */
async function appSetUp(which: "right" | "wrong"): Promise<{ visitor: Browser; page: Page }> {
  const { browser: visitor } = await signedInBrowser(startService());
  const path = "/account/security/two-factor";
  const shown = await visitor.submit((await visitor.open(path)).form(path));
  const secret = shown.lines.find((line) => /^([A-Z2-7]{4} ?){8}$/.test(line)) ?? "";
  const app = new Authenticator(secret.replaceAll(" ", ""));
  const code = which === "right" ? app.code() : app.wrongCode();
  const page = await visitor.submit(shown.form(`${path}/confirm`), { code });
  return { visitor, page };
}

async function withTwoFactors(path: string): Promise<Page> {
  const { visitor } = await appSetUp("right");
  return visitor.open(path);
}

async function mustChangePassword(): Promise<Page> {
  const { browser: visitor, person } = await signedInBrowser(startService());
  await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
    .bind(person.email)
    .run();
  return visitor.open("/account/sessions");
}

function enterMailedCode(code: string): Promise<Page> {
  return browser.post("/signin/mail/code", { email: "a@b.test", mailed_code: code });
}

function register(password: string, at = service): Promise<Page> {
  const { email } = somebody();
  return new Browser(at).post("/register", { email, password });
}

async function closedRegistration(): Promise<Page> {
  const tenants = env.DB.prepare("UPDATE tenants SET self_registration = ?");
  await tenants.bind(0).run();
  try {
    return await new Browser(service).open("/register");
  } finally {
    await tenants.bind(1).run();
  }
}

async function signInOnTheWay(): Promise<Page> {
  const visitor = new Browser(service);
  return visitor.follow(await ask(visitor));
}

async function usedCode(): Promise<Page> {
  const { form } = await confirmation();
  await browser.submit(form("/device"), { decision: "deny" });
  return browser.submit(form("/device"), { decision: "deny" });
}

async function tooManyCodes(): Promise<Page> {
  const { browser: guesser } = await signedInBrowser(service);
  for (const letter of "BCDFG") {
    await guesser.open(`/device?user_code=${letter.repeat(8)}`);
  }
  return guesser.open("/device?user_code=HHHHHHHH");
}

async function noDecision(): Promise<Page> {
  const { form } = await confirmation();
  return browser.post("/device", { ...form("/device").fields, decision: "maybe" });
}

async function confirmedAddress(): Promise<Page> {
  const { email } = await registered(service);
  return browser.post("/verify", { token: await mailedToken(service, email, VERIFY) });
}

async function setPassword(password: string): Promise<Page> {
  const { email } = await registered(service);
  await service.ask("/api/forgot-password", { body: { email } });
  return browser.post("/reset", { token: await mailedToken(service, email, RESET), password });
}

function postedJson(): Promise<Page> {
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  return browser.send("/signin", { method: "POST", headers, body: "{}" });
}

async function answerWithPasskey(answer: string): Promise<Page> {
  const { form } = passkeyForm(await browser.open("/signin"));
  return browser.submit(form, { answer });
}

async function bug(): Promise<Page> {
  const hashing = vi.spyOn(crypto.subtle, "deriveBits").mockRejectedValue(new Error("a bug"));
  try {
    return await new Browser(service).post("/signin", credentials());
  } finally {
    hashing.mockRestore();
  }
}
