import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createClient } from "./create-client.ts";
import { memoryStorage } from "./tokens/memory-storage.ts";

const LOGIN = "https://login.example";
const API = "https://orders.example";

/** Somebody whose first access token no API takes any more. */
function scene(answer = (bearer: string) => (bearer === "Bearer access-2" ? 200 : 401)) {
  const seen: string[] = [];
  const storage = memoryStorage({
    url: LOGIN,
    clientId: "shop",
    accessToken: "access-1",
    expiresAt: Date.now() + 900_000,
    refreshToken: "refresh-1",
    scope: "",
    idToken: null,
  });
  const client = createClient({
    url: LOGIN,
    clientId: "shop",
    storage,
    apis: [`${API}/v1`],
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.url === `${LOGIN}/oauth/token`) {
        return Response.json({ access_token: "access-2", token_type: "Bearer", expires_in: 900 });
      }
      const bearer = request.headers.get("authorization") ?? "";
      seen.push(`${request.method} ${bearer} ${await request.text()}`.trim());
      return new Response("", { status: answer(bearer) });
    },
  });
  return { client, seen };
}

test("after a 401 the token is renewed and the request sent again, with its body", async () => {
  const { client, seen } = scene();
  const answer = await client.fetch(`${API}/orders`, { method: "POST", body: "a book" });
  assert.equal(answer.status, 200);
  assert.deepEqual(seen, ["POST Bearer access-1 a book", "POST Bearer access-2 a book"]);
});

test("a second 401 is the caller's to see", async () => {
  const { client, seen } = scene(() => 401);
  assert.equal((await client.fetch(new URL("/orders", API))).status, 401);
  assert.equal(seen.length, 2);
});

test("the token goes to Latchkey and to the APIs that were named, and nowhere else", async () => {
  const { client, seen } = scene(() => 200);
  await client.fetch(`${LOGIN}/oauth/userinfo`);
  for (const url of [
    "https://elsewhere.example/",
    "http://orders.example/",
    `${API}.elsewhere.example/`,
    "https://orders.example:8443/",
  ]) {
    await assert.rejects(client.fetch(url), TypeError);
  }
  assert.deepEqual(seen, ["GET Bearer access-1"]);
});

test("a redirect is the answer: the token is led nowhere, before or after a 401", async (t) => {
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener).listen(0, "127.0.0.1");
    t.after(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const led: unknown[] = [];
  const elsewhere = await serve(({ headers }, response) => {
    led.push(headers.authorization);
    response.end();
  });
  const api = await serve(({ url, headers }, response) => {
    if (url === "/oauth/token") {
      const renewed = { access_token: "access-2", token_type: "Bearer", expires_in: 900 };
      response.setHeader("content-type", "application/json").end(JSON.stringify(renewed));
      return;
    }
    const isOld = headers.authorization === "Bearer access-1";
    const to = url === "/here" ? "/led" : elsewhere;
    led.push(...(url === "/led" ? [headers.authorization] : []));
    response.writeHead(url === "/late" && isOld ? 401 : 302, { location: to }).end();
  });
  const storage = memoryStorage({
    ...{ url: api, clientId: "shop", accessToken: "access-1", refreshToken: "refresh-1" },
    ...{ expiresAt: Date.now() + 900_000, scope: "", idToken: null },
  });
  const client = createClient({ url: api, clientId: "shop", storage });
  for (const path of ["/there", "/here", "/late"]) {
    const answer = await client.fetch(`${api}${path}`, { redirect: "follow" });
    assert.equal(answer.status, 302, path);
  }
  assert.deepEqual(led, []);
});

test("a page is given no secret: everybody could read it", () => {
  const options = { url: LOGIN, clientId: "shop", clientSecret: "a-secret" };
  assert.ok(createClient(options));
  Object.assign(globalThis, { document: {} });
  try {
    assert.throws(() => createClient(options), TypeError);
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

test("nobody gets a client that would talk where others read along", () => {
  for (const url of ["http://login.example", "login.example", `${LOGIN}/path`, `${LOGIN}?a=b`]) {
    assert.throws(() => createClient({ url }), TypeError, url);
  }
  for (const api of ["http://orders.example", "nonsense"]) {
    assert.throws(() => createClient({ url: LOGIN, apis: [api] }), TypeError, api);
  }
  assert.ok(createClient({ url: "http://localhost:8787", apis: ["http://127.0.0.1:8788"] }));
  assert.ok(createClient({ url: `${LOGIN}/` }));
});
