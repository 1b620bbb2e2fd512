import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { createReceiver, type Message } from "./receiver.ts";
import { isGenuine } from "./verify.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes, ok").toString("base64")}`;
const body = JSON.stringify({
  type: "signed-in",
  timestamp: "2026-11-01T12:00:00.000Z",
  data: { id: "e1", account: "a", outcome: "done" },
});

const told: Message[] = [];
const server = createReceiver(SECRET, (message) => told.push(message));
let url = "";

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

/** As the package of Standard Webhooks signs it. */
function signed(id: string, at = new Date(), secret = SECRET): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}

async function send(headers: Record<string, string>, sent = body): Promise<number> {
  return (await fetch(url, { method: "POST", headers, body: sent })).status;
}

test("takes a message that is signed, and tells it once however often it comes", async () => {
  assert.equal(await send(signed("e1")), 204);
  assert.equal(await send(signed("e1")), 204);
  assert.deepEqual(told, [JSON.parse(body)]);
});

test("takes none that is altered, old, unsigned, too long, or signed with another secret", async () => {
  const other = `whsec_${Buffer.from("another secret of thirty-two byt").toString("base64")}`;
  const old = new Date(Date.now() - 301_000);
  assert.equal(await send(signed("e2"), body.replace("done", "refused")), 400);
  assert.equal(await send(signed("e2", old)), 400);
  assert.equal(await send(signed("e2", new Date(), other)), 400);
  assert.equal(await send({}), 400);
  assert.equal(await send(signed("e2"), "x".repeat(70_000)), 400);
  assert.equal(told.length, 1);
});

test("takes one that is signed with two secrets while it knows one of them", () => {
  const at = new Date();
  const other = `whsec_${Buffer.from("another secret of thirty-two byt").toString("base64")}`;
  const both = `${new Webhook(other).sign("e", at, body)} ${new Webhook(SECRET).sign("e", at, body)}`;
  const headers = { ...signed("e", at), "webhook-signature": both };
  assert.equal(isGenuine(headers, body, SECRET), true);
  assert.equal(isGenuine(headers, body, other), true);
});
