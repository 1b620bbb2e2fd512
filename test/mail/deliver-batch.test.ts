import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { Bounced } from "../../src/core/mail/bounced.ts";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import worker from "../../src/index.ts";
import { deliverBatch } from "../../src/mail/deliver-batch.ts";
import type { Message, Transport } from "../../src/mail/transport.ts";
import type { Bindings } from "../../src/ports.ts";
import { logLines } from "../support/log-lines.ts";
import { registered, somebody } from "../support/people.ts";
import { type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";

const refuses: Transport = () => Promise.reject(new Error("the provider is down"));

function batchOf(orders: readonly MailOrder[], attempts = 1) {
  return createMessageBatch<MailOrder>(
    "latchkey-mail",
    orders.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts, body })),
  );
}

/** Has the queue's consumer work through a batch, and tells what the queue is told. */
async function consumed(
  service: PostOffice,
  orders: readonly MailOrder[],
  transport: Transport,
  attempts = 1,
) {
  const batch = batchOf(orders, attempts);
  const failures: { error: unknown; attempt: number }[] = [];
  const unsent: unknown[] = [];
  // The result of the batch leaves out how late a message is to come again.
  const retries = batch.messages.map((message) => vi.spyOn(message, "retry"));
  await deliverBatch(batch, service.consumer(transport), {
    failed: (error, attempt) => void failures.push({ error, attempt }),
    notSent: (letter, why) => void unsent.push({ ...letter, why }),
  });
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return {
    acked: explicitAcks,
    retried: retryMessages.map(({ msgId }) => msgId),
    retriedInSeconds: retries.flatMap(({ mock }) => mock.calls).map(([how]) => how?.delaySeconds),
    failures,
    unsent,
  };
}

/** Orders for accounts that exist, taken from the queue. */
async function ordersFor(service: PostOffice, count: number): Promise<MailOrder[]> {
  for (let i = 0; i < count; i++) {
    await registered(service);
  }
  return service.orders.splice(0);
}

/** Where whoever asks in these tests is: nothing is known but the time. */
const ORIGIN = { city: "", country: "", browser: "", os: "", at: expect.any(Number) };

const unknown = {
  kind: "reset-password",
  tenantId: DEFAULT_TENANT_ID,
  email: "nobody@meadow.example",
  language: "en",
  origin: { ...ORIGIN, at: 0 },
} satisfies MailOrder;

describe("a batch of mail orders", () => {
  it("is acknowledged letter by letter once each is carried", async () => {
    const service = startPostOffice();
    const orders = await ordersFor(service, 3);
    const carried: string[] = [];
    const result = await consumed(service, orders, async ({ to }) => void carried.push(to));

    expect(result).toMatchObject({ acked: ["m0", "m1", "m2"], retried: [], failures: [] });
    expect(carried.sort()).toEqual(orders.map(({ email }) => email).sort());
  });

  it("is not acknowledged before it is carried", async () => {
    const service = startPostOffice();
    const batch = batchOf(await ordersFor(service, 1));
    const { promise: carrying, resolve: carried } = Promise.withResolvers<void>();
    const ack = vi.spyOn(batch.messages[0] ?? expect.fail("no message"), "ack");
    const done = deliverBatch(
      batch,
      service.consumer(() => carrying),
      { failed: expect.fail, notSent: expect.fail },
    );
    await scheduler.wait(50);
    expect(ack).not.toHaveBeenCalled();
    carried();
    await done;
    expect(ack).toHaveBeenCalledOnce();
  });

  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [4, 240],
    [8, 3_840],
  ])(
    "is tried again when the provider refuses: after attempt %d in %d s",
    async (attempt, delaySeconds) => {
      const service = startPostOffice();
      const result = await consumed(service, await ordersFor(service, 1), refuses, attempt);
      expect(result).toEqual({
        acked: [],
        retried: ["m0"],
        retriedInSeconds: [delaySeconds],
        failures: [{ error: new Error("the provider is down"), attempt }],
        unsent: [],
      });
    },
  );

  it("is not tried again when its mailbox takes no letters, and is told of without an address", async () => {
    const service = startPostOffice();
    const [order] = await ordersFor(service, 1);
    const result = await consumed(
      service,
      order ? [order] : [],
      async () => new Bounced("550 5.1.1"),
    );
    expect(result).toEqual({
      acked: ["m0"],
      retried: [],
      retriedInSeconds: [],
      failures: [],
      unsent: [
        {
          kind: "verify-email",
          tenantId: DEFAULT_TENANT_ID,
          domain: "example.test",
          askedAt: expect.any(Date),
          why: new Bounced("550 5.1.1"),
        },
      ],
    });
  });

  it("one letter that cannot be carried holds up no other", async () => {
    const service = startPostOffice();
    const orders = await ordersFor(service, 5);
    const stuck = orders[2]?.email;
    const carried: string[] = [];
    const result = await consumed(service, orders, async ({ to }) => {
      if (to === stuck) {
        throw new Error("no such mailbox");
      }
      carried.push(to);
    });
    expect(result.acked).toEqual(expect.arrayContaining(["m0", "m1", "m3", "m4"]));
    expect(result.acked).toHaveLength(4);
    expect(result.retried).toEqual(["m2"]);
    expect(carried).toHaveLength(4);
  });

  it("one letter that takes long holds up no other", async () => {
    const service = startPostOffice();
    const orders = await ordersFor(service, 3);
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    const carried: string[] = [];
    const done = consumed(service, orders, async ({ to }) => {
      if (to === orders[0]?.email) {
        await slow;
      }
      carried.push(to);
    });
    await vi.waitFor(() => expect(carried).toHaveLength(2), { timeout: 30_000 });
    finish();
    expect((await done).acked).toHaveLength(3);
  });

  it("an order for an address without an account sends nothing and is done with", async () => {
    const service = startPostOffice();
    const kinds = ["verify-email", "address-taken", "reset-password"] as const;
    const orders: MailOrder[] = kinds.map((kind) => ({ ...unknown, kind }));
    const result = await consumed(service, orders, refuses);
    expect(result).toMatchObject({ acked: ["m0", "m1", "m2"], retried: [], failures: [] });
  });

  it("an order for an account of another tenant sends nothing", async () => {
    const service = startPostOffice();
    const [order] = await ordersFor(service, 1);
    const foreign: MailOrder = { ...unknown, ...order, tenantId: "another-tenant" };
    expect(await consumed(service, [foreign], refuses)).toMatchObject({
      acked: ["m0"],
      failures: [],
    });
  });

  it("an order of a kind that is not known is kept for somebody to look at, not lost", async () => {
    const service = startPostOffice();
    const odd = { ...unknown, kind: "birthday" } as unknown as MailOrder;
    const result = await consumed(service, [odd, unknown], refuses);
    expect(result).toMatchObject({ acked: ["m1"], retried: ["m0"] });
  });

  it("a letter that is tried again has a link that works", async () => {
    const service = startPostOffice();
    const orders = await ordersFor(service, 1);
    const letters: Message[] = [];
    const lostAnswer: Transport = async (message) => {
      letters.push(message);
      throw new Error("carried, but the answer was lost");
    };
    await consumed(service, orders, lostAnswer);
    await consumed(service, orders, async (message) => void letters.push(message), 2);

    expect(letters).toHaveLength(2);
    const [, second] = letters.map(tokenIn);
    const { status } = await service.ask("/api/verify-email", { body: { token: second } });
    expect(status).toBe(200);
  });
});

describe("what waits in the queue", () => {
  const AN_ID = expect.stringMatching(/^[0-9a-f-]{36}$/);

  it("is a kind, an address, where it was asked for and perhaps an id: no link, no token, no name", async () => {
    const service = startPostOffice();
    const person = somebody("Robin Quimby");
    const { email } = person;
    const order = { tenantId: DEFAULT_TENANT_ID, email, language: "en", origin: ORIGIN };

    await registered(service, person);
    await registered(service, person);
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    expect(service.orders).toEqual([
      { ...order, kind: "verify-email" },
      { ...order, kind: "address-taken" },
      { ...order, id: AN_ID, kind: "reset-password" },
    ]);

    const reset = (await service.deliver()).at(-1) ?? expect.fail("no letter");
    const body = { token: tokenIn(reset), password: "a fresh otter of june" };
    await service.ask("/api/reset-password", { body });
    expect(service.orders).toEqual([{ ...order, kind: "password-changed", accountId: AN_ID }]);
  });

  it("is the same for an address that has an account and one that has none", async () => {
    const service = startPostOffice();
    const { email } = await registered(service);
    service.orders.splice(0);
    await service.ask("/api/forgot-password", { body: { email } });
    await service.ask("/api/forgot-password", { body: { email: unknown.email } });
    const order = { ...unknown, id: AN_ID, origin: ORIGIN };
    expect(service.orders).toEqual([{ ...order, email }, order]);
  });
});

describe("the Worker's consumer", () => {
  const production = {
    ENVIRONMENT: "production",
    PUBLIC_URL: "https://auth.example.test",
    PASSWORD_ITERATIONS: "600000",
    MAIL_FROM: "Otter Desk <desk@meadow.example>",
  };

  async function consumedByWorker(
    orders: readonly MailOrder[],
    send: (message: unknown) => unknown,
  ) {
    const batch = batchOf(orders, 3);
    const bindings = { ...env, ...production, EMAIL: { send } } as unknown as Bindings;
    const context = createExecutionContext();
    await worker.queue(batch, bindings);
    return getQueueResult(batch, context);
  }

  it("hands letters to the e-mail binding, with a link to the configured URL", async () => {
    const [order] = await ordersFor(startPostOffice(), 1);
    const sent: unknown[] = [];
    const { explicitAcks } = await consumedByWorker(order ? [order] : [], (m) => sent.push(m));

    expect(explicitAcks).toEqual(["m0"]);
    expect(sent).toEqual([
      {
        to: order?.email,
        from: { email: "desk@meadow.example", name: "Otter Desk" },
        subject: "Confirm your e-mail address",
        text: expect.stringMatching(/\nhttps:\/\/auth\.example\.test\/verify\?token=[\w-]{43}\n/),
        html: expect.stringContaining('href="https://auth.example.test/verify?token='),
      },
    ]);
  });

  it("writes one line about a letter that fails, with neither its link nor its words", async () => {
    const [order] = await ordersFor(startPostOffice(), 1);
    const log = logLines();
    const sent: Message[] = [];
    const { retryMessages } = await consumedByWorker(order ? [order] : [], (message) => {
      sent.push(message as Message);
      throw new Error("the provider is down");
    });

    expect(retryMessages).toEqual([{ msgId: "m0" }]);
    expect(log.parsed()).toEqual([
      {
        level: "error",
        queue: "latchkey-mail",
        attempt: 3,
        error: { name: "Error", message: "the provider is down", stack: expect.any(Array) },
      },
    ]);
    const [letter] = sent;
    expect(log.text()).not.toContain(tokenIn(letter ?? expect.fail("no letter")));
    expect(log.text()).not.toContain(order?.email);
  });
});
