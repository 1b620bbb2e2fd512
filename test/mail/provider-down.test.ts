import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import worker from "../../src/index.ts";
import type { Message } from "../../src/mail/transport.ts";
import type { Bindings } from "../../src/ports.ts";
import { DAY_SECONDS, stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { logLines } from "../support/log-lines.ts";
import { member } from "../support/members.ts";
import { registered, somebody } from "../support/people.ts";
import { type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { workOff } from "../support/work-off.ts";
import { codeIn } from "../surfaces/lnchr/launcher.ts";

const HOUR_SECONDS = 3600;
const MAIL = "latchkey-mail";
const DEAD = "latchkey-mail-dead";

/** What wrangler.toml says of the consumer of a queue. */
function consumerOf(queue: string) {
  const consumer = env.TEST_CONSUMERS.find((one) => one.queue === queue);
  return consumer ?? expect.fail(`wrangler.toml has no consumer of ${queue}`);
}

/** A mail provider that is down for so long, and the Worker that hands letters to it. */
function providerDownFor(seconds: number) {
  const isUpAt = Date.now() + seconds * 1000;
  const provider = { sent: [] as Message[], refused: 0 };
  const send = async (message: Message) => {
    if (Date.now() < isUpAt) {
      provider.refused += 1;
      throw new Error("the provider is down");
    }
    provider.sent.push(message);
  };
  const bindings = {
    ...env,
    ENVIRONMENT: "production",
    PUBLIC_URL: "https://auth.example.test",
    PASSWORD_ITERATIONS: "600000",
    EMAIL: { send },
  } as unknown as Bindings;
  return { provider, consume: (batch: MessageBatch<MailOrder>) => worker.queue(batch, bindings) };
}

/** Orders of people who want to confirm an address, set a new password and sign in by code. */
async function ordersOf(service: PostOffice) {
  const [forgetful, coded] = [await member(startService()), await member(startService())];
  const newcomer = await registered(service, somebody());
  await service.ask("/api/forgot-password", { body: { email: forgetful.email } });
  await service.ask("/api/v1/auth/send-code", { body: { email: coded.email } });
  return { forgetful, coded, newcomer, orders: service.orders.splice(0) };
}

beforeEach(stopClock);

describe("REL-04: a mail provider that is down", () => {
  it("for an hour loses no letter: each is sent once, and what is in it works", async (context) => {
    logLines();
    const service = startPostOffice();
    const { forgetful, coded, newcomer, orders } = await ordersOf(service);
    const { provider, consume } = providerDownFor(HOUR_SECONDS);

    const maxRetries = consumerOf(MAIL).max_retries;
    const { givenUp } = await workOff(MAIL, orders, consume, { maxRetries });

    expect(givenUp).toEqual([]);
    expect(provider.sent.map(({ to }) => to).sort()).toEqual(
      orders.map(({ email }) => email).sort(),
    );
    const to = ({ email }: { email: string }) =>
      provider.sent.find((letter) => letter.to === email) ?? expect.fail(`no letter to ${email}`);
    const { email } = coded;
    const used = {
      "/api/verify-email": { token: tokenIn(to(newcomer)) },
      "/api/reset-password": { token: tokenIn(to(forgetful)), password: "another gentle otter" },
      "/api/v1/auth/verify-code": { email, code: codeIn(to(coded)) },
    };
    for (const [path, body] of Object.entries(used)) {
      expect((await service.ask(path, { body })).status, path).toBe(200);
    }
    countFigure(context, "faults injected", provider.refused);
  });

  it("for a day makes dead letters that the log tells of, and sends each once when it is back", async (context) => {
    const log = logLines();
    const service = startPostOffice();
    const { orders } = await ordersOf(service);
    const { provider, consume } = providerDownFor(DAY_SECONDS);

    const mail = await workOff(MAIL, orders, consume, { maxRetries: consumerOf(MAIL).max_retries });
    expect(mail.givenUp).toEqual(expect.arrayContaining(orders));
    const written = log.parsed().length;
    const { givenUp } = await workOff(DEAD, mail.givenUp, consume, {
      maxRetries: consumerOf(DEAD).max_retries,
    });

    expect(givenUp).toEqual([]);
    expect(provider.sent.map(({ to }) => to).sort()).toEqual(
      orders.map(({ email }) => email).sort(),
    );
    const lines = log.parsed().slice(written);
    const firstLooks = lines.filter(({ looks }) => looks === 1);
    expect(firstLooks.length).toBe(orders.length);
    expect(firstLooks).toEqual(
      expect.arrayContaining(
        mail.givenUp.map(({ kind, tenantId, origin }) => ({
          level: "error",
          queue: DEAD,
          dead_letter: kind,
          tenant: tenantId,
          domain: "example.test",
          asked_at: new Date(origin.at).toISOString(),
          looks: 1,
          delivered: false,
          error: { name: "Error", message: "the provider is down", stack: expect.any(Array) },
        })),
      ),
    );
    const delivered = lines.filter((line) => line["delivered"] === true);
    expect(delivered.map((line) => [line["level"], line["error"]])).toEqual(
      orders.map(() => ["error", undefined]),
    );
    for (const { to, text } of provider.sent) {
      expect(log.text()).not.toContain(to);
      expect(log.text()).not.toContain(text.match(/token=[\w-]+|\b\d{6}\b/)?.[0]);
    }
    countFigure(context, "faults injected", provider.refused);
  });

  it("may be down for over an hour before a letter is given up, and four days before it is lost", async () => {
    logLines();
    const [order] = (await ordersOf(startPostOffice())).orders;
    const { consume } = providerDownFor(365 * DAY_SECONDS);
    const secondsUntilGivenUp = async (queue: string) => {
      const begun = Date.now();
      const { max_retries: maxRetries } = consumerOf(queue);
      await workOff(queue, order ? [order] : [], consume, { maxRetries });
      return (Date.now() - begun) / 1000;
    };

    expect(await secondsUntilGivenUp(MAIL)).toBeGreaterThan(HOUR_SECONDS);
    expect(await secondsUntilGivenUp(DEAD)).toBeGreaterThanOrEqual(4 * DAY_SECONDS);
  });

  it("has its dead letters looked after by a consumer that passes them on to no other queue", () => {
    expect(consumerOf(MAIL).dead_letter_queue).toBe(DEAD);
    expect(consumerOf(DEAD).dead_letter_queue).toBeUndefined();
  });
});
