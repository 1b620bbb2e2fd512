import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { decide, newPerson } from "./support/person.ts";
import { testClients } from "./support/test-clients.ts";

const { television } = testClients;
const DEVICE: oauth.Client = { client_id: television.id };
const SUBPROTOCOL = "latchkey.device-wait";

const configuration = await discovered(television);
const server: oauth.AuthorizationServer = configuration.serverMetadata();

const start = () =>
  client.initiateDeviceAuthorization(configuration, { scope: "openid offline_access" });

/** Polls once, with headers of the test's own. */
const poll = (deviceCode: string, headers: Record<string, string>) =>
  oauth.deviceCodeGrantRequest(server, DEVICE, oauth.None(), deviceCode, {
    headers: new Headers(headers),
    [oauth.allowInsecureRequests]: true,
  });

/** Says how long something took: for people to read, and nothing fails by it. */
function tell(t: TestContext, what: string, sinceMilliseconds: number): void {
  t.diagnostic(`${what}: ${(performance.now() - sinceMilliseconds).toFixed(1)} ms`);
}

test("a poll that may wait is answered by the approval", async (t) => {
  // Made before it: it waits for 25 seconds, and a letter may take longer on a machine that is busy.
  const person = await newPerson();
  const [grant, other] = [await start(), await start()];
  const events = ["the poll is sent"];
  let decidedAt = 0;
  const polling = poll(grant.device_code, { prefer: "wait=25" }).then((answer) => {
    events.push("the poll is answered");
    tell(t, "from sending the approval to the answer of the poll", decidedAt);
    return answer;
  });
  // Time for several polls that do not wait.
  for (let left = 5; left > 0; left -= 1) {
    await (await poll(other.device_code, {})).body?.cancel();
  }
  events.push("others are answered");
  decidedAt = performance.now();
  events.push("the approval is sent");
  await decide(person, grant.user_code);
  tell(t, "the approval itself", decidedAt);
  const answer = await polling;
  assert.deepEqual(events, [
    "the poll is sent",
    "others are answered",
    "the approval is sent",
    "the poll is answered",
  ]);
  assert.equal(answer.headers.get("preference-applied"), "wait=25");
  const tokens = await oauth.processDeviceCodeResponse(server, DEVICE, answer);
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, person.id);
});

test("a poll that may wait is answered by the denial, and waits no longer than it may", async (t) => {
  const person = await newPerson();
  const grant = await start();
  const polling = poll(grant.device_code, { prefer: "wait=3600" });
  const decidedAt = performance.now();
  await decide(person, grant.user_code, false);
  const answer = await polling;
  tell(t, "from sending the denial to the answer of the poll", decidedAt);
  assert.equal(answer.headers.get("preference-applied"), "wait=25");
  await assert.rejects(oauth.processDeviceCodeResponse(server, DEVICE, answer), {
    error: "access_denied",
    status: 400,
  });
});

test("a poll that may wait is told after its time that nobody decided", async () => {
  const { device_code } = await start();
  const answer = await poll(device_code, { prefer: "wait=1" });
  assert.equal(answer.headers.get("preference-applied"), "wait=1");
  await assert.rejects(oauth.processDeviceCodeResponse(server, DEVICE, answer), {
    error: "authorization_pending",
    status: 400,
  });
});

test("a poll that does not ask to wait is answered at once, and told of no preference", async () => {
  const { device_code } = await start();
  const answer = await poll(device_code, {});
  assert.equal(answer.headers.get("preference-applied"), null);
  await assert.rejects(oauth.processDeviceCodeResponse(server, DEVICE, answer), {
    error: "authorization_pending",
  });
});

test("a device whose answer was lost gets it again under its key, and under no other", async () => {
  const [person, grant] = await Promise.all([newPerson(), start()]);
  await decide(person, grant.user_code);
  const key = crypto.randomUUID();
  const first = await poll(grant.device_code, { "idempotency-key": key });
  const again = await poll(grant.device_code, { "idempotency-key": key });
  assert.equal(first.status, 200);
  assert.equal(again.status, 200);
  assert.equal(await again.text(), await first.text());
  const other = await poll(grant.device_code, { "idempotency-key": crypto.randomUUID() });
  await assert.rejects(oauth.processDeviceCodeResponse(server, DEVICE, other), {
    error: "invalid_grant",
  });
});

test("a socket is told once that the person decided, and closed", async (t) => {
  const [person, grant] = await Promise.all([newPerson(), start()]);
  const events: string[] = [];
  let decidedAt = 0;
  const { socket, closed } = await openSocket(grant.device_code);
  socket.addEventListener("message", ({ data }) => {
    events.push(String(data));
    tell(t, "from sending the approval to the word on the socket", decidedAt);
  });
  assert.equal(socket.protocol, SUBPROTOCOL);
  events.push("the approval is sent");
  decidedAt = performance.now();
  await decide(person, grant.user_code);
  assert.deepEqual(await closed, { code: 1000, wasClean: true });
  assert.deepEqual(events, ["the approval is sent", "decided"]);

  const answer = await poll(grant.device_code, {});
  const tokens = await oauth.processDeviceCodeResponse(server, DEVICE, answer);
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, person.id);
});

test("a device that stops waiting has its close answered, as RFC 6455 §5.5.1 has it", async () => {
  const { device_code } = await start();
  const { socket, closed } = await openSocket(device_code);
  socket.close(1000);
  const { wasClean } = await closed;
  assert.equal(wasClean, true);
});

test("a wrong code opens no socket", async () => {
  const { device_code } = await start();
  const wrong = device_code.slice(0, -4) + (device_code.endsWith("AAAA") ? "BBBB" : "AAAA");
  const socket = new WebSocket(waitEndpoint(), [SUBPROTOCOL, wrong]);
  socket.addEventListener("open", () => assert.fail("the socket opened"));
  await once(socket, "error");
  assert.deepEqual(await upgrade(wrong), { status: 400, error: "invalid_grant" });
});

/** A socket that is open, and how it will be closed. */
async function openSocket(deviceCode: string) {
  const socket = new WebSocket(waitEndpoint(), [SUBPROTOCOL, deviceCode]);
  const closed = (once(socket, "close") as Promise<[CloseEvent]>).then(([{ code, wasClean }]) => ({
    code,
    wasClean,
  }));
  await Promise.race([once(socket, "open"), closed]);
  return { socket, closed };
}

function waitEndpoint(): string {
  return String(server["device_wait_endpoint"]).replace(/^http/, "ws");
}

/** What the server answers to an upgrade that it refuses: a WebSocket client keeps it to itself. */
function upgrade(deviceCode: string): Promise<{ status: number | undefined; error: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL("/oauth/device/wait", issuer), {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": `${SUBPROTOCOL}, ${deviceCode}`,
      },
    });
    asked.on("upgrade", (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode, error: "upgraded" });
    });
    asked.on("response", async (answer) => {
      const body = JSON.parse(await text(answer)) as { error?: unknown };
      resolve({ status: answer.statusCode, error: body.error });
    });
    asked.on("error", reject);
    asked.end();
  });
}
