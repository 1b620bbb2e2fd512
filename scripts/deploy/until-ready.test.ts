import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { untilReady } from "./until-ready.ts";

const answers: number[] = [];
const server = createServer((_, response) => {
  response.writeHead(answers.shift() ?? 503).end('{"failing":["kv"]}');
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
after(() => server.close());

const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { signal } = new AbortController();

test("it is waited for until all that the service depends on answers", async () => {
  answers.push(404, 503, 200);
  await untilReady(url, signal, { patienceMs: 60_000, everyMs: 1 });
  assert.equal(answers.length, 0);
});

test("what never gets ready is said with its last answer", async () => {
  const waiting = untilReady(url, signal, { patienceMs: 5, everyMs: 10 });
  await assert.rejects(waiting, /is not ready: 503 \{"failing":\["kv"\]\}/);
});

test("what does not answer at all is waited for, too", async () => {
  const nowhere = untilReady("http://127.0.0.1:9", signal, { patienceMs: 5, everyMs: 10 });
  await assert.rejects(nowhere, /is not ready: no answer/);
});
