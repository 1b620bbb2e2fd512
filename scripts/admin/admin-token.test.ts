import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, test } from "node:test";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { adminToken } from "./admin-token.ts";
import type { Command } from "./command.ts";
import { createClient } from "./create-client.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";
import { removeClient } from "./remove-client.ts";

const VARIABLES = [
  "LATCHKEY_ADMIN_TOKEN",
  "LATCHKEY_ADMIN_CLIENT_ID",
  "LATCHKEY_ADMIN_CLIENT_SECRET",
] as const;
const never = new AbortController().signal;

/** What the service was asked for, as `path scope`. */
let asked: string[] = [];
let url = "";
const server = createServer(async (request, response) => {
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
    "/token": { access_token: "a-token", token_type: "Bearer", expires_in: 900 },
  };
  const body = answers[request.url ?? ""];
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? {}));
});

beforeEach(async () => {
  asked = [];
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

test("a command takes the scope of what it changes, and for a client what that may do", () => {
  const secret = ["--grants", "client_credentials", "--confidential"];
  const made = (scopes: string) =>
    scopesOf(createClient, "--id", "a", "--name", "A", ...secret, "--scopes", scopes);
  assert.deepEqual(scopesOf(disableAccount, "--email", "a@example.test"), ["admin:accounts"]);
  assert.deepEqual(scopesOf(createTenant, "--slug", "acme", "--name", "A"), ["admin:tenants"]);
  assert.deepEqual(made("orders:read"), ["admin:clients"]);
  assert.deepEqual(made("orders:read,admin:tenants"), ["admin:clients", "admin:tenants"]);
  const all = ["admin:clients", "admin:accounts", "admin:tenants"];
  assert.deepEqual(scopesOf(removeClient, "--id", "a"), all);
});

function scopesOf(command: Command, ...args: string[]): readonly AdminScope[] | undefined {
  return command.read("a-command", args)?.task.overHttp?.scopes;
}
