import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  createClient,
  discover,
  LatchkeyError,
  memoryStorage,
  type TokenStorage,
  type Tokens,
} from "../../client/client.ts";
import { fileStorage } from "../../client/node.ts";
import { latchkeyAt } from "../../client/oauth/server.ts";
import { platform } from "../../client/platform.ts";
import { freshTokensOf } from "../../client/test-support/fresh-tokens-of.ts";
import { secondFactorOf } from "../browser/support/second-factor.ts";
import { anAddress } from "./support/an-address.ts";
import { Browser } from "./support/browser.ts";
import { goThrough } from "./support/go-through.ts";
import { issuer } from "./support/issuer.ts";
import { decide, newPerson } from "./support/person.ts";
import { testClients } from "./support/test-clients.ts";

const CALLBACK = "http://127.0.0.1:4000/callback";

/** The platform's own fetch from an address, and what was asked with it. */
function fetchFrom(address = anAddress()) {
  const asked: string[] = [];
  const send: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    request.headers.set("cf-connecting-ip", address);
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return fetch(request);
  };
  return { fetch: send, asked };
}

/** Somebody who signs in to a product of the house. */
function ownProduct(storage: TokenStorage = memoryStorage()) {
  const { fetch, asked } = fetchFrom();
  return { client: createClient({ url: issuer, storage, fetch }), storage, asked };
}

function television(storage: TokenStorage = memoryStorage()) {
  const { fetch, asked } = fetchFrom();
  const clientId = testClients.television.id;
  return { client: createClient({ url: issuer, clientId, storage, fetch }), storage, asked };
}

/** Lets the access token end, as fifteen minutes would. */
async function age(storage: TokenStorage): Promise<Tokens> {
  const tokens = (await storage.load()) ?? assert.fail("nobody is signed in");
  await storage.save({ ...tokens, expiresAt: Date.now() - 1 });
  return tokens;
}

test("somebody signs in with a password, uses their account and signs out", async () => {
  const { email, password, name } = await newPerson();
  const { client, storage } = ownProduct();
  const { user } = await client.signIn({ email, password });
  assert.deepEqual({ ...user, id: "…" }, { id: "…", email, name, emailVerified: true });

  const answer = await client.fetch(`${issuer}/api/user/profile`);
  assert.equal(answer.status, 200);

  const kept = await age(storage);
  await client.signOut();
  assert.equal(await client.isSignedIn(), false);
  await assert.rejects(client.accessToken(), { code: "signed_out" });
  // What was stolen before is worth nothing now.
  const thief = ownProduct(memoryStorage({ ...kept, expiresAt: 0 }));
  await assert.rejects(thief.client.accessToken(), { code: "signed_out" });
  await thief.client.signOut();
});

test("a wrong password is told so, and nobody is signed in", async () => {
  const { email } = await newPerson();
  const { client, asked } = ownProduct();
  const error = await client.signIn({ email, password: "not-this-one" }).catch((e) => e);
  assert.ok(error instanceof LatchkeyError);
  assert.deepEqual([error.code, error.status], ["invalid_credentials", 401]);
  assert.match(error.requestId ?? "", /./);
  assert.equal(await client.isSignedIn(), false);
  assert.equal(asked.length, 1, "a guess is never sent twice");
});

test("a second factor is asked for, and its code finishes the sign-in", async () => {
  const person = await newPerson();
  const { nextCode, wrongCode } = await secondFactorOf(person);
  const { client } = ownProduct();
  const { mfaToken = "" } = await client.signIn(person);
  assert.equal(await client.isSignedIn(), false);
  const wrong = client.finishSignIn({ mfaToken, code: wrongCode() });
  await assert.rejects(wrong, { code: "invalid_code" });
  const user = await client.finishSignIn({ mfaToken, code: nextCode() });
  assert.equal(user.email, person.email);
  assert.equal(await client.isSignedIn(), true);
});

test("of calls at once one refreshes, before its token has ended and after it was refused", async () => {
  const { client, storage, asked } = ownProduct();
  await client.signIn(await newPerson());
  const { accessToken } = await age(storage);
  const fresh = await Promise.all(Array.from({ length: 5 }, () => client.accessToken()));
  assert.equal(new Set(fresh).size, 1);
  assert.notEqual(fresh[0], accessToken);
  assert.equal(refreshesIn(asked), 1);

  const tokens = (await storage.load()) ?? assert.fail();
  await storage.save({ ...tokens, accessToken: `${tokens.accessToken}A` });
  const [keys, sessions] = await Promise.all([client.keys.list(), client.sessions.list()]);
  assert.deepEqual([keys.length, sessions.length], [0, 2]);
  assert.equal(refreshesIn(asked), 2);
});

test("sessions are listed and ended, one or all others", async () => {
  const person = await newPerson();
  const [phone, tablet, laptop] = [ownProduct(), ownProduct(), ownProduct()].map(
    ({ client }) => client,
  );
  assert.ok(phone && tablet && laptop);
  for (const client of [phone, tablet, laptop]) {
    await client.signIn(person);
  }
  const listed = await phone.sessions.list();
  // That with which the account was made is there as well.
  assert.equal(listed.length, 4);
  assert.equal(listed.filter(({ isCurrent }) => isCurrent).length, 1);
  assert.deepEqual(Object.keys(listed[0]?.client ?? {}).sort(), [
    "browser",
    "deviceType",
    "ip",
    "os",
    "rawDetail",
  ]);
  const own = (await tablet.sessions.list()).find(({ isCurrent }) => isCurrent);
  await phone.sessions.end(own?.id ?? "");
  await assert.rejects(tablet.keys.list(), { code: "signed_out" });
  await assert.rejects(phone.sessions.end(own?.id ?? ""), { code: "not_found", status: 404 });
  assert.equal(await phone.sessions.endOthers(), 2);
  await assert.rejects(laptop.keys.list(), { code: "signed_out" });
  assert.equal((await phone.sessions.list()).length, 1);
});

test("keys are made, listed and deleted, and a wrong field is named", async () => {
  const { client } = ownProduct();
  await client.signIn(await newPerson());
  const made = await client.keys.create({ name: "nightly export", scopes: ["profile:read"] });
  assert.match(made.key, /^plnx_live_/);
  const { key, ...shown } = made;
  assert.deepEqual(await client.keys.list(), [{ ...shown, last_used_at: null }]);
  const wrong = client.keys.create({ name: "", scopes: ["profile:read"] });
  await assert.rejects(wrong, { code: "validation_error", fields: { name: "must not be empty" } });
  await client.keys.delete(made.id);
  await assert.rejects(client.keys.delete(made.id), { code: "not_found" });
  assert.deepEqual(await client.keys.list(), []);
});

test("a television signs in the moment its owner approves, and out", async () => {
  const person = await newPerson();
  const { client, storage, asked } = television();
  const device = await client.startDevice({ scope: "openid profile offline_access" });
  assert.equal(device.verificationUriComplete, `${issuer}/device?user_code=${device.userCode}`);
  const finished = device.finished();
  await decide(person, device.userCode);
  await finished;
  assert.equal(asked.filter((one) => one === "POST /oauth/token").length, 1);
  assert.equal((await client.userInfo()).sub, person.id);
  assert.equal((await storage.load())?.scope, "openid profile offline_access");
  assert.match((await client.idToken()) ?? "", /^ey/);

  const tokens = await age(storage);
  await client.accessToken();
  assert.notEqual((await storage.load())?.refreshToken, tokens.refreshToken);
  await client.signOut();
  await assert.rejects(client.userInfo(), { code: "signed_out" });
});

test("what is discovered of Latchkey is what the client knows of it", async () => {
  const found = await discover(issuer, platform());
  const known = latchkeyAt(new URL(issuer));
  for (const name of ["authorize", "token", "device_authorization", "revoke", "userinfo"]) {
    assert.equal(found.locate(`/oauth/${name}`).href, known.locate(`/oauth/${name}`).href);
  }
  // No metadata announce whether a server leaves out a scope that was asked for.
  const { locate: _, saysScope: __, ...can } = found;
  assert.deepEqual({ ...known, ...can }, known);
});

test("a television that is denied is told so", async () => {
  const { client } = television();
  const device = await client.startDevice();
  const finished = assert.rejects(device.finished(), { code: "access_denied" });
  await decide(await newPerson(), device.userCode, false);
  await finished;
});

test("a television may stop waiting, and its code is redeemed by who goes on", async () => {
  const { client } = television();
  const device = await client.startDevice();
  const stop = new AbortController();
  const finished = device.finished({ signal: stop.signal });
  stop.abort();
  await assert.rejects(finished, { name: "AbortError" });
  await decide(await newPerson(), device.userCode);
  await device.finished();
  assert.equal(await client.isSignedIn(), true);
});

test("a browser app signs in by code, and a code that is brought back again is refused", async () => {
  const person = await newPerson();
  const clientId = testClients.ownApp.id;
  const client = createClient({ url: issuer, clientId, fetch: fetchFrom().fetch });
  const browser = new Browser();
  const scope = "openid email offline_access";
  const { url, pending } = await client.startAuthorization({ redirectUri: CALLBACK, scope });
  const { callback } = await goThrough(browser, url, person);
  await client.finishAuthorization(callback, pending);
  assert.equal((await client.userInfo()).email, person.email);

  await assert.rejects(client.finishAuthorization(callback, pending), { code: "invalid_grant" });
  await assert.rejects(client.userInfo(), { code: "signed_out" });
});

test("a web server proves that it is the registered one, whenever it asks for tokens", async () => {
  const person = await newPerson();
  const { id: clientId, secret: clientSecret } = testClients.site;
  const storage = memoryStorage();
  const options = { url: issuer, clientId, storage, fetch: fetchFrom().fetch };
  const client = createClient({ ...options, clientSecret });
  const { url, pending } = await client.startAuthorization({ redirectUri: CALLBACK });
  const { callback } = await goThrough(new Browser(), url, person);
  const stranger = createClient({ ...options, clientSecret: "another" });
  await assert.rejects(stranger.finishAuthorization(callback, pending), { code: "invalid_client" });
  await client.finishAuthorization(callback, pending);
  await age(storage);
  await assert.rejects(stranger.accessToken(), { code: "invalid_client" });
  assert.equal((await client.userInfo()).sub, person.id);
  await client.signOut();
  assert.equal(await client.isSignedIn(), false);
});

test("who is not signed in at Latchkey is told so where nothing may be asked", async () => {
  const client = createClient({ url: issuer, clientId: testClients.ownApp.id });
  const { url, pending } = await client.startAuthorization({
    redirectUri: CALLBACK,
    prompt: "none",
  });
  const { callback } = await goThrough(new Browser(), url, await newPerson());
  await assert.rejects(client.finishAuthorization(callback, pending), { code: "login_required" });
});

test("of processes that find the same old tokens one refreshes, and all stay signed in", async (t) => {
  const path = join(await folder(t), "tokens.json");
  const { client, storage } = television(fileStorage(path));
  const device = await client.startDevice({ scope: "openid offline_access" });
  await decide(await newPerson(), device.userCode);
  await device.finished();
  const { accessToken } = await age(storage);
  const server = { url: issuer, clientId: testClients.television.id };
  const all = await freshTokensOf(3, path, server);
  assert.equal(new Set(all.map((one) => one.accessToken)).size, 1);
  assert.notEqual(all[0]?.accessToken, accessToken);
  assert.equal(
    all.reduce((sum, { refreshes }) => sum + refreshes, 0),
    1,
  );
  assert.ok((await client.userInfo()).sub);
});

function refreshesIn(asked: readonly string[]): number {
  return asked.filter((one) => one === "POST /api/auth/refresh").length;
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "latchkey-live-client-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}
