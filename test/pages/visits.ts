import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { Authenticator } from "../support/authenticator.ts";
import { ask } from "../support/authorization.ts";
import { Browser, memberBrowser, type Page, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { startedDevice } from "../support/devices.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { passkeyForm } from "../support/passkeys.ts";
import { type Person, registered, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
const flooded = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });
const down = startService({ CODES: { get: () => Promise.reject(new Error("KV is down")) } });
let browser: Browser;
let person: Person;

/** Before the first visit. */
export async function readyToVisit(): Promise<void> {
  await registerClients();
  await registerOAuthClients();
  ({ browser, person } = await memberBrowser(service));
}

const A_KEY = { name: "A key", "profile:read": "on", life: "30" };

/** Every page there is, each in every state that it can be in. */
export const pages: Record<string, [status: number, visit: () => Promise<Page>]> = {
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
