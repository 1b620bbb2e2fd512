import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEventName } from "../../src/core/audit/audit-events.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import type { WebhookTurn } from "../../src/core/webhook/webhook.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1Webhooks } from "../../src/storage/d1/webhooks.ts";
import { sendMessage } from "../../src/webhooks/send-message.ts";
import { takeTurns } from "../../src/webhooks/take-turns.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { logLines } from "../support/log-lines.ts";
import { signedIn, somebody } from "../support/people.ts";
import { accountIdOf } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { runMinutely } from "../support/signing-keys.ts";
import {
  type Received,
  receiver,
  SECRET,
  storedWebhook,
  storeWebhook,
} from "../support/webhooks.ts";
import { writeEvent } from "../support/write-event.ts";

/** A queue that is looked into. */
const turns: WebhookTurn[] = [];
const WEBHOOKS = {
  sendBatch: async (messages: Iterable<{ body: WebhookTurn }>) => {
    turns.push(...[...messages].map(({ body }) => body));
  },
};
const service = startService({ WEBHOOKS });
const { ports } = service;
const webhooks = d1Webhooks(openDatabase(env.DB));

beforeEach(async () => {
  stopClock();
  turns.length = 0;
  await env.DB.exec("DELETE FROM webhooks");
});

async function happen(count = 1, event: AuditEventName = "signed-in"): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    ids.push(await writeEvent(service, "a", { event, country: "AT" }));
  }
  return ids;
}

/** The minute's run, and all turns that it gives. */
async function minute(): Promise<void> {
  await service.sealEvents();
  await service.callWebhooks();
  for (const { webhookId } of turns.splice(0)) {
    while (await service.tellWebhook(webhookId)) {}
  }
}

const NEWER = `whsec_${btoa("another secret of thirty-two byt")}`;

/** As the command does, with a secret that no run has sealed yet. */
async function rotateFor(seconds: number): Promise<void> {
  await env.DB.prepare(
    "UPDATE webhooks SET previous_secret = secret, secret = ?, previous_until = ?",
  )
    .bind(NEWER, Date.now() + seconds * 1000)
    .run();
}

const idsOf = (received: readonly Received[]) =>
  received.map(({ headers }) => headers["webhook-id"]);

describe("a webhook", () => {
  it("hears of each event once, by what others wrote to check it, and of nothing before it was made", async () => {
    await happen(2);
    await service.sealEvents();
    await storeWebhook("w");
    const received = receiver();
    const [id = ""] = await happen();

    await minute();
    await minute();

    expect(received.length).toBe(1);
    const [{ url, headers, body }] = received as [Received];
    expect(url).toBe("https://hooks.example.com/in");
    expect(headers["webhook-id"]).toBe(id);
    // It checks the time as well.
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({
      type: "signed-in",
      timestamp: new Date().toISOString(),
      data: {
        id,
        at: new Date().toISOString(),
        event: "signed-in",
        outcome: "done",
        tenant: DEFAULT_TENANT_ID,
        actor: "a",
        account: "a",
        session: null,
        client: null,
        subject: null,
        address: "198.18.0.1",
        city: null,
        country: "AT",
        user_agent: null,
      },
    });
    const altered = () => new Webhook(SECRET).verify(body.replace("AT", "DE"), headers);
    expect(altered).toThrow("No matching signature");
  });

  it("hears of each new account once, whoever else wants the address and whatever follows", async () => {
    await storeWebhook("w", { events: ["account-made"] });
    const received = receiver();
    const person = somebody();
    const register = () => service.ask("/api/auth/register", { body: person });

    expect((await register()).status).toBe(201);
    expect((await register()).status).toBe(422);
    await signedIn(service, person);
    await minute();
    await minute();

    const account = await accountIdOf(person);
    expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "account-made", data: { account, actor: account, outcome: "done", client: null } },
    ]);
  });

  it("hears what it wants alone, however seldom that is, in the order in which it was", async () => {
    await storeWebhook("w", { events: ["key-made"] });
    const received = receiver();
    const wanted: string[] = [];
    for (let seals = 0; seals < 130; seals++) {
      await happen();
      seals % 40 === 0 && wanted.push(...(await happen(1, "key-made")));
      await service.sealEvents();
    }

    await minute();

    expect(idsOf(received)).toEqual(wanted);
    expect((await storedWebhook("w"))["failing_since"]).toBeNull();
  });

  it("hears a long list in several turns, with nothing missing and nothing twice", async () => {
    await storeWebhook("w");
    const received = receiver(() => {
      passSeconds(2);
      return new Response();
    });
    const ids = await happen(130);
    await service.sealEvents();
    await service.callWebhooks();

    let given = 1;
    while (await service.tellWebhook("w")) {
      given++;
    }

    expect(given).toBe(3);
    expect(idsOf(received)).toEqual(ids);
  });

  it("is told by one of any who have its turn at once", async (test) => {
    await storeWebhook("w");
    const received = receiver();
    const ids = await happen(7);
    await service.sealEvents();

    await Promise.all(Array.from({ length: 10 }, () => service.tellWebhook("w")));

    countFigure(test, "parallel requests", 10);
    expect(idsOf(received)).toEqual(ids);
  });

  it("has its turn again where whoever had it is gone", async () => {
    await storeWebhook("w");
    const received = receiver();
    await happen();
    await service.sealEvents();
    await env.DB.exec(`UPDATE webhooks SET claimed_until = ${Date.now() + 120_000}`);

    await minute();
    expect(received.length).toBe(0);
    passSeconds(121);
    await minute();
    expect(received.length).toBe(1);
  });

  it.each([
    ["takes all", 204],
    ["takes nothing", 500],
  ])("that %s has no turn again before those who wait longer", async (_, status) => {
    await storeWebhook("a");
    await storeWebhook("b");
    receiver(() => new Response(null, { status }));
    const had: (string | undefined)[] = [];
    for (let hours = 0; hours < 4; hours++) {
      passSeconds(3600);
      await happen();
      await service.sealEvents();
      const [id, ...others] = await webhooks.due(new Date(), 1);
      expect(others).toEqual([]);
      await service.tellWebhook(String(id));
      had.push(id);
    }
    expect(had).toEqual(["a", "b", "a", "b"]);
  });

  it("has a secret that is sealed by the next run, and stands nowhere in the clear after it", async () => {
    await storeWebhook("w");
    const log = logLines();
    await minute();
    const { secret } = await storedWebhook("w");
    expect(secret).toMatch(/^[\w-]{8}\./);
    expect(await ports.vault.open("webhook-secret", String(secret))).toBe(SECRET);
    expect(log.text()).not.toContain(SECRET);
  });

  it("keeps a secret that is rotated away from: it is sealed anew within a minute", async () => {
    const AUTH_SECRET = "a-secret-that-was-set-today-and-is-new";
    await storeWebhook("w");
    await minute();
    const bindings = { ...env, AUTH_SECRET, AUTH_SECRET_PREVIOUS: env.AUTH_SECRET, WEBHOOKS };
    await runMinutely(bindings as never);

    const alone = startService({ AUTH_SECRET, WEBHOOKS });
    const { secret } = await storedWebhook("w");
    expect(await alone.ports.vault.open("webhook-secret", String(secret))).toBe(SECRET);
  });

  it("keeps the secret before it as well, however often the master secret changes meanwhile", async () => {
    await storeWebhook("w");
    await minute();
    await rotateFor(DAY_SECONDS);
    let before = env.AUTH_SECRET;
    for (const AUTH_SECRET of [
      "a-secret-that-was-set-today-and-is-new",
      "another-secret-that-was-set-hours-later",
    ]) {
      const set = { AUTH_SECRET, AUTH_SECRET_PREVIOUS: before };
      await runMinutely({ ...env, ...set, WEBHOOKS } as never);
      before = AUTH_SECRET;
    }

    const { vault } = startService({ AUTH_SECRET: before, WEBHOOKS }).ports;
    const { secret, previous_secret } = await storedWebhook("w");
    expect(await vault.open("webhook-secret", String(secret))).toBe(NEWER);
    expect(await vault.open("webhook-secret", String(previous_secret))).toBe(SECRET);
  });

  it("forgets the secret before once it signs no more, whether it opens or not", async () => {
    await storeWebhook("w");
    await storeWebhook("lost");
    await minute();
    await rotateFor(60);
    await env.DB.exec("UPDATE webhooks SET previous_secret = '00000000.AAAA' WHERE id = 'lost'");
    const kept = async () => (await storedWebhook("w"))["previous_secret"];

    await minute();
    expect(await kept()).not.toBeNull();
    passSeconds(60);
    await minute();
    expect(await kept()).toBeNull();
    expect((await storedWebhook("lost"))["previous_secret"]).toBeNull();
  });

  it("is signed for with both secrets for as long as the one before is kept", async () => {
    await storeWebhook("w");
    await minute();
    await rotateFor(60);
    const received = receiver();
    await happen();
    await minute();
    passSeconds(60);
    await happen();
    await minute();

    const [both, one] = received as [Received, Received];
    for (const secret of [SECRET, NEWER]) {
      new Webhook(secret).verify(both.body, both.headers);
    }
    new Webhook(NEWER).verify(one.body, one.headers);
    expect(() => new Webhook(SECRET).verify(one.body, one.headers)).toThrow();
  });
});

describe("a receiver that fails", () => {
  it("is tried again, later each time, from where it stopped, and others hear meanwhile", async () => {
    await storeWebhook("bad", { url: "https://bad.example.com/" });
    await storeWebhook("good");
    const ids = await happen(3);
    let isDown = true;
    const received = receiver(({ url, headers }) =>
      url.includes("bad") && isDown && headers["webhook-id"] !== ids[0]
        ? new Response("no", { status: 500 })
        : new Response(),
    );
    const heard = (host: string) => idsOf(received.filter(({ url }) => url.includes(host)));

    await minute();
    expect(heard("hooks")).toEqual(ids);
    expect(await storedWebhook("bad")).toMatchObject({ position: 1, problem: "it answered 500" });

    const waits: number[] = [];
    for (let minutes = 1; waits.length < 3; minutes++) {
      passSeconds(60);
      const before = received.length;
      await minute();
      received.length > before && waits.push(minutes);
    }
    expect(waits).toEqual([1, 3, 7]);

    isDown = false;
    passSeconds(3600);
    await minute();
    expect(heard("bad").slice(-2)).toEqual(ids.slice(1));
    expect(heard("hooks")).toEqual(ids);
    expect(await storedWebhook("bad")).toMatchObject({ failures: 0, problem: null });
  });

  it("is turned off after five days, which is written down, and keeps its place", async () => {
    await storeWebhook("w");
    const ids = await happen(2);
    let status = 503;
    const received = receiver(() => new Response(null, { status }));
    await minute();
    for (let hours = 0; hours < 24 * 5 + 1; hours++) {
      passSeconds(DAY_SECONDS / 24);
      await minute();
    }
    expect((await storedWebhook("w"))["disabled_at"]).not.toBeNull();
    const { events } = await ports.auditLog.listOfTenant(DEFAULT_TENANT_ID, {
      most: 10,
      event: "webhook-disabled",
    });
    expect(events).toMatchObject([{ accountId: "webhook:w", subject: "hooks.example.com" }]);

    status = 200;
    received.length = 0;
    await minute();
    expect(received).toEqual([]);
    await env.DB.exec("UPDATE webhooks SET disabled_at = NULL, retry_at = 0");
    await minute();
    expect(idsOf(received)).toEqual([...ids, events[0]?.id]);
  });

  it("is turned off at once where it says that it is gone", async () => {
    await storeWebhook("w");
    receiver(() => new Response(null, { status: 410 }));
    await happen();
    await minute();
    expect((await storedWebhook("w"))["disabled_at"]).not.toBeNull();
  });

  it.each([
    ["http://hooks.example.com/", "is not https"],
    ["https://10.0.0.1/", "names a machine by its number"],
    ["https://localhost.localdomain.internal/", "is not public"],
  ])("hears nothing under an address that only the service reaches: %s", async (url, problem) => {
    await storeWebhook("w", { url });
    const received = receiver();
    await happen();
    await minute();
    expect(received).toEqual([]);
    expect((await storedWebhook("w"))["problem"]).toBe(`the address ${problem}`);
  });

  it("says so where its secret does not open", async () => {
    await storeWebhook("w");
    await env.DB.exec("UPDATE webhooks SET secret = '00000000.AAAA'");
    await happen();
    await minute();
    expect((await storedWebhook("w"))["problem"]).toContain("AUTH_SECRET_PREVIOUS");
  });
});

describe("sending a message", () => {
  const message = { id: "m", type: "signed-in", timestamp: "", data: {} as never };

  it("waits for no receiver that hangs", async () => {
    receiver(
      (_, { signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    expect(await sendMessage("https://hooks.example.com/", message, [SECRET], 50)).toEqual({
      ok: false,
      problem: "it did not answer within 0.05 s",
      gone: false,
    });
  });

  it("follows no redirect, and reads no body, however long", async () => {
    let wasRead = 0;
    let wasLeft = false;
    const endless = new ReadableStream({
      pull(controller) {
        wasRead++;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        wasLeft = true;
      },
    });
    const modes: unknown[] = [];
    receiver((_, { redirect }) => {
      modes.push(redirect);
      return new Response(modes.length === 1 ? endless : null, {
        status: modes.length === 1 ? 200 : 302,
        headers: { location: "https://10.0.0.1/" },
      });
    });
    expect(await sendMessage("https://hooks.example.com/", message, [SECRET])).toEqual({
      ok: true,
    });
    expect(await sendMessage("https://hooks.example.com/", message, [SECRET])).toEqual({
      ok: false,
      problem: "it answered 302",
      gone: false,
    });
    expect(modes).toEqual(["manual", "manual"]);
    expect(wasLeft).toBe(true);
    expect(wasRead).toBeLessThan(3);
  });

  it("says of a receiver that is not there that it was not reached, and nothing of why", async () => {
    receiver(() => Promise.reject(new TypeError(`connect ${SECRET}`)));
    expect(await sendMessage("https://hooks.example.com/", message, [SECRET])).toEqual({
      ok: false,
      problem: "it was not reached",
      gone: false,
    });
  });
});

describe("the queue of turns", () => {
  const batch = () =>
    createMessageBatch<WebhookTurn>("latchkey-webhooks", [
      { id: "1", timestamp: new Date(), attempts: 1, body: { webhookId: "w" } },
    ]);

  it("is taken off by the Worker, and given anew only where there is more", async () => {
    await storeWebhook("w");
    const received = receiver();
    await happen();
    await service.sealEvents();
    const messages = batch();

    await takeTurns(messages, service, () => expect.unreachable());

    expect(received.length).toBe(1);
    expect(turns).toEqual([]);
    expect((await getQueueResult(messages, createExecutionContext())).explicitAcks).toEqual(["1"]);
  });

  it("gives no turn again that failed: the next minute does", async () => {
    const problems: unknown[] = [];
    const down = { ...service, tellWebhook: () => Promise.reject(new Error("D1 is down")) };
    await takeTurns(batch(), down, (error) => problems.push(error));
    expect(problems).toEqual([new Error("D1 is down")]);
    expect(turns).toEqual([]);
  });

  it("is filled by the run of the minute, and by nothing where nothing happened", async () => {
    await storeWebhook("w");
    await runMinutely({ ...env, WEBHOOKS } as never);
    turns.length = 0;
    await runMinutely({ ...env, WEBHOOKS } as never);
    expect(turns).toEqual([]);
    await happen();
    await runMinutely({ ...env, WEBHOOKS } as never);
    expect(turns).toEqual([{ webhookId: "w" }]);
  });
});
