import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, test } from "node:test";
import { UnsecuredJWT } from "jose";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { Problem } from "../problem.ts";
import { adminApi } from "./admin-api.ts";
import { adminToken } from "./admin-token.ts";
import type { Command, Plan } from "./command.ts";
import { createClient } from "./create-client.ts";
import { createTenant } from "./create-tenant.ts";
import { createWebhook } from "./create-webhook.ts";
import { disableAccount } from "./disable-account.ts";
import { invite } from "./invite.ts";
import { listClients } from "./list-clients.ts";
import { listTenants } from "./list-tenants.ts";
import { removeClient } from "./remove-client.ts";
import { removeWebhook } from "./remove-webhook.ts";
import { setBrand } from "./set-brand.ts";
import { setClient } from "./set-client.ts";
import { setSender } from "./set-sender.ts";

const VARIABLES = [
  "LATCHKEY_ADMIN_TOKEN",
  "LATCHKEY_ADMIN_CLIENT_ID",
  "LATCHKEY_ADMIN_CLIENT_SECRET",
] as const;
const HAVE_SCOPE =
  'The client has to have that scope: npm run admin -- set-client --help. docs/operating.md, "Administering over HTTP", says how.';
const REFUSES: Readonly<Record<string, number>> = {
  "/admin/tenants": 403,
  "/admin/clients": 409,
  "/admin/clients/older": 409,
  "/admin/clients/newer": 409,
  "/admin/keys": 401,
  "/admin/events": 503,
};
/** As another version words it. */
const TAKEN = { error_description: "There is one already." };
const never = new AbortController().signal;

/** What the service was asked for, as `path scope`. */
let asked: string[] = [];
let askedBy = new Set<string | undefined>();
let url = "";
const server = createServer(async (request, response) => {
  askedBy.add(request.headers["user-agent"]);
  const form = new URLSearchParams(await text(request));
  if (form.has("scope")) {
    asked.push(`${request.url} ${form.get("scope")}`);
  }
  const answers: Readonly<Record<string, object>> = {
    "/.well-known/oauth-authorization-server": {
      issuer: url,
      token_endpoint: `${url}/token`,
      device_authorization_endpoint: `${url}/device`,
    },
    "/device": {
      ...{ device_code: "d", user_code: "BCDF-GHJK", verification_uri: `${url}/activate` },
      ...{ expires_in: 60, interval: 0.001 },
    },
    "/admin/tenants": {
      error: "insufficient_scope",
      error_description: "The access token may not do that.",
      reason: "insufficient_scope",
    },
    "/admin/clients": { error: "conflict", reason: "client_taken", ...TAKEN },
    "/admin/clients/older": { error: "conflict", ...TAKEN },
    "/admin/clients/newer": { error: "conflict", reason: "client_asleep", ...TAKEN },
    "/admin/events": {
      error: "temporarily_unavailable",
      error_description: "Not possible right now. Try again in a moment.",
    },
    "/admin/keys": {
      error: "invalid_token",
      error_description: "The access token is not valid.",
    },
    "/token": { access_token: "a-token", token_type: "Bearer", expires_in: 900 },
  };
  if (request.url === "/admin/page") {
    response.end("<!doctype html>");
    return;
  }
  if (form.get("scope") === "admin:keys") {
    response.writeHead(401, { "www-authenticate": 'Basic realm="Latchkey"' });
    response.end(JSON.stringify({ error: "invalid_client" }));
    return;
  }
  const body = answers[request.url ?? ""];
  const isRefused = form.get("scope") === "admin:audit";
  const status = isRefused ? 400 : (REFUSES[request.url ?? ""] ?? (body ? 200 : 404));
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(isRefused ? { error: "invalid_scope" } : (body ?? {})));
});

beforeEach(async () => {
  asked = [];
  askedBy = new Set();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  for (const name of VARIABLES) {
    delete process.env[name];
  }
  server.closeAllConnections();
  server.close();
});

test("an operator's token is asked for the scopes of the command, and no others", async () => {
  assert.equal(await adminToken(url, ["admin:tenants"], never), "a-token");
  assert.deepEqual(asked, ["/device admin:tenants"]);
});

test("so is a client's own", async () => {
  Object.assign(process.env, {
    LATCHKEY_ADMIN_CLIENT_ID: "back-office",
    LATCHKEY_ADMIN_CLIENT_SECRET: "a-secret",
  });
  await adminToken(url, ["admin:clients", "admin:accounts"], never);
  assert.deepEqual(asked, ["/token admin:clients admin:accounts"]);
});

test("a token that is given goes as it is", async () => {
  Object.assign(process.env, { LATCHKEY_ADMIN_TOKEN: "given" });
  assert.equal(await adminToken(url, ["admin:tenants"], never), "given");
  assert.deepEqual(asked, []);
});

test("where the client may not have a scope, it is said which the command needs", async () => {
  await assert.rejects(adminToken(url, ["admin:audit"], never), {
    name: "Problem",
    message: "The client latchkey-admin may not ask for admin:audit, which the command needs.",
    advice: HAVE_SCOPE,
  });
  Object.assign(process.env, {
    LATCHKEY_ADMIN_CLIENT_ID: "back-office",
    LATCHKEY_ADMIN_CLIENT_SECRET: "a-secret",
  });
  await assert.rejects(adminToken(url, ["admin:audit"], never), {
    name: "Problem",
    message:
      "The client of LATCHKEY_ADMIN_CLIENT_ID may not ask for admin:audit, which the command needs.",
    advice: HAVE_SCOPE,
  });
});

test("a client that is not known, or gives another secret, is told of in our words", async () => {
  await assert.rejects(adminToken(url, ["admin:keys"], never), {
    name: "Problem",
    message: `There is no client latchkey-admin at ${url} to sign you in with.`,
    advice: /with the scope admin:keys; or give LATCHKEY_ADMIN_TOKEN, or LATCHKEY_ADMIN_CLIENT_ID/,
  });
  Object.assign(process.env, {
    LATCHKEY_ADMIN_CLIENT_ID: "back-office",
    LATCHKEY_ADMIN_CLIENT_SECRET: "another-secret",
  });
  await assert.rejects(adminToken(url, ["admin:keys"], never), {
    name: "Problem",
    message: `${url} knows no client of that id and secret.`,
    advice: /Check LATCHKEY_ADMIN_CLIENT_ID and LATCHKEY_ADMIN_CLIENT_SECRET.*operating\.md/,
  });
});

test("what is no service of ours is called that, with a token and without", async () => {
  const elsewhere = `${url}/elsewhere`;
  const message = /^There is no Latchkey admin API at http/;
  await assert.rejects(adminToken(elsewhere, ["admin:keys"], never), { name: "Problem", message });
  const api = adminApi(url, { token: "given", scopes: ["admin:keys"] }, never);
  for (const path of ["/nothing", "/page"]) {
    await assert.rejects(api.ask({ method: "GET", path }), { name: "Problem", message });
  }
});

test("so is it where a token that was given lacks one", async () => {
  const api = adminApi(url, { token: "given", scopes: ["admin:tenants"] }, never);
  await assert.rejects(api.ask({ method: "POST", path: "/tenants" }), {
    name: "Problem",
    message: "The access token may not do that.",
    advice:
      "The command needs a token for admin:tenants: a client's own, or one of a superadmin of the tenant default.",
  });
  const inTenant = adminApi(url, { token: "given", scopes: ["admin:accounts"] }, never);
  await assert.rejects(inTenant.ask({ method: "GET", path: "/tenants" }), {
    advice:
      "The command needs a token for admin:accounts: a client's own, or one of an administrator.",
  });
});

test("a refusal goes by its reason, whatever its words, and without one in the service's own", async () => {
  const taken = new Problem("There is a client a.", "Choose another id.");
  const ask = (path: string) =>
    adminApi(url, { token: "given", scopes: ["admin:clients"] }, never).ask({
      ...{ method: "POST", path, refusals: { client_taken: taken } },
    });
  await assert.rejects(ask("/clients"), taken);
  for (const path of ["/clients/older", "/clients/newer"]) {
    await assert.rejects(ask(path), {
      name: "Problem",
      message: "There is one already.",
      advice: "Nothing was changed.",
    });
  }
});

test("where the service cannot, it is said who knows why, and not that nothing was changed", async () => {
  const api = adminApi(url, { token: "given", scopes: ["admin:audit"] }, never);
  await assert.rejects(api.ask({ method: "GET", path: "/events" }), {
    name: "Problem",
    message: "Not possible right now. Try again in a moment.",
    advice: `${url}/health/ready says what does not work there.`,
  });
});

test("a token that has expired, or is no good, is called by where it was from", async () => {
  const askWith = (token: string) =>
    adminApi(url, { token, scopes: ["admin:keys"] }, never).ask({ method: "GET", path: "/keys" });
  const given = (token: string) => {
    Object.assign(process.env, { LATCHKEY_ADMIN_TOKEN: token });
    return askWith(token);
  };
  const advice = /^Sign in again for another, or leave it out/;
  await assert.rejects(given(new UnsecuredJWT({ exp: 1 }).encode()), {
    name: "Problem",
    message: "The token in LATCHKEY_ADMIN_TOKEN has expired.",
    advice,
  });
  for (const token of ["sealed", new UnsecuredJWT({ exp: 2 ** 33 }).encode()]) {
    await assert.rejects(given(token), {
      name: "Problem",
      message: "The token in LATCHKEY_ADMIN_TOKEN was refused. The access token is not valid.",
      advice,
    });
  }
  delete process.env["LATCHKEY_ADMIN_TOKEN"];
  await assert.rejects(askWith("by-device"), {
    name: "Problem",
    message: "The access token is not valid.",
    advice: "Run it again, for another token.",
  });
});

test("the command names itself to whoever approves it, and to the log", async () => {
  const token = await adminToken(url, ["admin:tenants"], never);
  const api = adminApi(url, { token, scopes: ["admin:tenants"] }, never);
  await assert.rejects(api.ask({ method: "GET", path: "/tenants" }));
  assert.deepEqual([...askedBy], ["latchkey-admin"]);
});

test("where nothing answers, that is said, and nothing of clients", async () => {
  server.close();
  await once(server, "close");
  const api = adminApi(url, { token: "given", scopes: ["admin:tenants"] }, never);
  const expected = {
    name: "Problem",
    message: new RegExp(`^There is no answer from ${url}: connect ECONNREFUSED`),
    advice: "Check the address, and that the service runs there.",
  };
  await assert.rejects(adminToken(url, ["admin:tenants"], never), expected);
  await assert.rejects(api.ask({ method: "GET", path: "/tenants" }), expected);
});

test("a command takes the scope of what it changes, and for a client what that may do", () => {
  const secret = ["--grants", "client_credentials", "--confidential"];
  const made = (scopes: string) =>
    scopesOf(createClient, "--id", "a", "--name", "A", ...secret, "--scopes", scopes);
  assert.deepEqual(scopesOf(disableAccount, "--email", "a@example.test"), ["admin:accounts"]);
  assert.deepEqual(scopesOf(createTenant, "--slug", "acme", "--name", "A"), ["admin:tenants"]);
  assert.deepEqual(scopesOf(setBrand, "--clear"), ["admin:tenants"]);
  assert.deepEqual(scopesOf(setSender, "--clear"), ["admin:tenants"]);
  const hears = scopesOf(createWebhook, "--to", "https://hooks.example.com/");
  assert.deepEqual(hears, ["admin:tenants", "admin:audit"]);
  assert.deepEqual(scopesOf(removeWebhook, "--id", "a"), ["admin:tenants"]);
  assert.deepEqual(made("orders:read"), ["admin:clients"]);
  assert.deepEqual(made("orders:read,admin:tenants"), ["admin:clients", "admin:tenants"]);
  const all = ["admin:clients", "admin:accounts", "admin:tenants"];
  assert.deepEqual(scopesOf(removeClient, "--id", "a"), all);
  const set = (scopes: string) => scopesOf(setClient, "--id", "a", "--scopes", scopes);
  assert.deepEqual(set("orders:read,admin:tenants"), all);
  assert.deepEqual(set("admin:audit"), [...all, "admin:audit"]);
  assert.deepEqual(scopesOf(listClients), ["admin:clients"]);
  assert.deepEqual(scopesOf(listTenants), ["admin:tenants"]);
  assert.deepEqual(scopesOf(invite, "--email", "a@example.test", "--url", url), ["admin:accounts"]);
});

function scopesOf(command: Command<Plan>, ...args: string[]): readonly AdminScope[] | undefined {
  return command.read("a-command", args)?.task.overHttp?.scopes;
}
