import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { Bounced } from "../../src/core/mail/bounced.ts";
import { fulfilMailOrder } from "../../src/core/mail/fulfil-mail-order.ts";
import { suppressAddress } from "../../src/core/mail/suppress-address.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import worker from "../../src/index.ts";
import type { Bindings } from "../../src/ports.ts";
import { signedInBrowser } from "../support/browser.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { member } from "../support/members.ts";
import { otherCode } from "../support/other-code.ts";
import { only, startPostOffice, tokenIn } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { codeIn } from "../surfaces/lnchr/launcher.ts";

const REASON = "550 5.1.1";

beforeEach(stopClock);

/** Somebody whose mailbox turned a letter away. */
async function turnedAway() {
  const service = startPostOffice();
  const person = await member(startService());
  service.orders.splice(0);
  await forgets(service, person.email);
  const [order] = service.orders.splice(0);
  const consumer = service.consumer(async () => new Bounced(REASON));
  const told = await fulfilMailOrder(consumer, order ?? expect.fail("nothing was ordered"));
  expect(told).toEqual(new Bounced(REASON));
  return { service, person };
}

async function forgets(service: ReturnType<typeof startPostOffice>, email: string) {
  return service.ask("/api/forgot-password", { body: { email } });
}

describe("an address whose mailbox takes no letters", () => {
  /** Another letter to them, which comes back as well. */
  async function comesBack({ service, person }: Awaited<ReturnType<typeof turnedAway>>) {
    await forgets(service, person.email);
    const [order] = service.orders.splice(0);
    const consumer = service.consumer(async () => new Bounced(REASON));
    return fulfilMailOrder(consumer, order ?? expect.fail("nothing was ordered"));
  }

  async function isSentNothingFor(
    seconds: number,
    { service, person }: Awaited<ReturnType<typeof turnedAway>>,
  ) {
    await forgets(service, person.email);
    expect(await service.deliver()).toEqual([]);
    passSeconds(seconds - 1);
    await forgets(service, person.email);
    expect(await service.deliver()).toEqual([]);
    passSeconds(1);
  }

  it("is sent no other for a day, and then is again", async () => {
    const gone = await turnedAway();
    await isSentNothingFor(DAY_SECONDS, gone);
    await forgets(gone.service, gone.person.email);
    expect(only(await gone.service.deliver()).to).toBe(gone.person.email);
  });

  it.each([0, 13])(
    "is sent no other for two weeks when one comes back anew, %s days later",
    async (days) => {
      const gone = await turnedAway();
      passSeconds((1 + days) * DAY_SECONDS);
      expect(await comesBack(gone)).toEqual(new Bounced(REASON));
      await isSentNothingFor(14 * DAY_SECONDS, gone);
      expect(await comesBack(gone)).toEqual(new Bounced(REASON));
      await isSentNothingFor(14 * DAY_SECONDS, gone);
    },
  );

  it("begins with a day again when nothing came back in the two weeks after it", async () => {
    const gone = await turnedAway();
    passSeconds(15 * DAY_SECONDS);
    expect(await comesBack(gone)).toEqual(new Bounced(REASON));
    await isSentNothingFor(DAY_SECONDS, gone);
    await forgets(gone.service, gone.person.email);
    expect(only(await gone.service.deliver()).to).toBe(gone.person.email);
  });

  it("counts what comes back on the same day once", async () => {
    const { ports } = startPostOffice();
    const whom = { tenantId: DEFAULT_TENANT_ID, email: `${crypto.randomUUID()}@meadow.example` };
    const told = { ...whom, reason: "bounced", detail: REASON } as const;
    const day = DAY_SECONDS * 1000;
    await suppressAddress(ports, { ...told, at: new Date(Date.now() - day + 1) });
    await suppressAddress(ports, { ...told, at: new Date() });
    expect(await ports.suppressions.find(whom.tenantId, whom.email, new Date())).toMatchObject({
      until: new Date(Date.now() + day),
    });
  });

  it("is sent nothing for as many days as are set", async () => {
    const service = startPostOffice({ MAIL_SUPPRESSION_DAYS: "1" });
    const email = `${crypto.randomUUID()}@meadow.example`;
    const whom = { tenantId: DEFAULT_TENANT_ID, email };
    const told = { ...whom, reason: "complained", detail: "", at: new Date() } as const;
    await suppressAddress(service.ports, told);
    const until = new Date(Date.now() + DAY_SECONDS * 1000);
    const { suppressions } = service.ports;
    expect(await suppressions.find(DEFAULT_TENANT_ID, email, new Date())).toEqual({
      ...told,
      until,
    });
  });

  it("is not suppressed for what was told too late, nor longer for a clock that is ahead", async () => {
    const { suppressions, ...ports } = startPostOffice().ports;
    const tell = async (at: number) => {
      const email = `${crypto.randomUUID()}@meadow.example`;
      const whom = { tenantId: DEFAULT_TENANT_ID, email, reason: "bounced", detail: "" } as const;
      await suppressAddress({ ...ports, suppressions }, { ...whom, at: new Date(at) });
      return suppressions.find(DEFAULT_TENANT_ID, email, new Date());
    };
    const [now, day] = [Date.now(), DAY_SECONDS * 1000];
    expect(await tell(now - day)).toBeNull();
    expect(await tell(now + day)).toMatchObject({ until: new Date(now + day) });
  });

  it("ENU-01: is answered like any other, after the same calls of the same stores", async () => {
    const { service, person } = await turnedAway();
    const other = await member(startService());
    service.orders.splice(0);
    const asked = async (path: string, email: string) => {
      const calls = await countCalls(() => service.ask(path, { body: { email } }));
      const { status, body } = await service.ask(path, { body: { email } });
      return { calls, status, body };
    };
    for (const path of ["/api/forgot-password", "/api/v1/auth/send-code"]) {
      expect(await asked(path, person.email), path).toEqual(await asked(path, other.email));
    }
  });

  it("has its codes counted like any other's: a wrong one is a wrong one", async () => {
    const { service, person } = await turnedAway();
    const other = await member(startService());
    for (const { email } of [person, other]) {
      await service.ask("/api/v1/auth/send-code", { body: { email } });
    }
    const letter = only(await service.deliver());
    expect(letter.to).toBe(other.email);
    const code = otherCode(codeIn(letter));
    const wrong = ({ email }: { email: string }) =>
      service.ask("/api/v1/auth/verify-code", { body: { email, code } });
    for (let tries = 0; tries < 7; tries += 1) {
      const [one, another] = [await wrong(person), await wrong(other)];
      expect([one.status, one.body]).toEqual([another.status, another.body]);
    }
  });

  it("is known to the tenant alone whose letter came back", async () => {
    const { service, person } = await turnedAway();
    const { suppressions } = service.ports;
    expect(await suppressions.find("another", person.email, new Date())).toBeNull();
  });

  it("does not keep a code from working that had arrived before", async () => {
    const service = startPostOffice();
    const { email } = await member(startService());
    service.orders.splice(0);
    await service.ask("/api/v1/auth/send-code", { body: { email } });
    const code = codeIn(only(await service.deliver()));
    await forgets(service, email);
    const [order] = service.orders.splice(0);
    order &&
      (await fulfilMailOrder(
        service.consumer(async () => new Bounced(REASON)),
        order,
      ));
    const { status } = await service.ask("/api/v1/auth/verify-code", { body: { email, code } });
    expect(status).toBe(200);
  });

  it("is told to its owner, who changes it and is sent letters again", async () => {
    const service = startPostOffice();
    const { browser, person } = await signedInBrowser(service);
    await env.DB.prepare("UPDATE accounts SET email_verified_at = 1 WHERE email = ?")
      .bind(person.email)
      .run();
    const quiet = await browser.open("/account/security");
    expect(quiet.source).not.toContain("Mails to this address come back");
    service.orders.splice(0);
    await forgets(service, person.email);
    const [order] = service.orders.splice(0);
    order &&
      (await fulfilMailOrder(
        service.consumer(async () => new Bounced(REASON)),
        order,
      ));

    const told = await browser.open("/account/security");
    expect(told.source).toContain("Mails to this address come back");

    const email = `new-${person.email}`;
    const page = await browser.open("/account/security/email");
    await browser.submit(page.form("/account/security/email"), { email });
    const letters = await service.deliver();
    const token = tokenIn(letters.find(({ to }) => to === email) ?? expect.fail("no letter"));
    const link = await browser.open(`/account/email/confirm?token=${token}`);
    await browser.submit(link.form("/account/email/confirm"));
    expect((await browser.open("/account/security")).source).not.toContain("come back");
    await forgets(service, email);
    expect((await service.deliver()).map(({ to }) => to)).toContain(email);
  });

  it("is told to nobody who has not shown that it is theirs", async () => {
    const service = startPostOffice();
    const { browser, person } = await signedInBrowser(service);
    const whom = { tenantId: DEFAULT_TENANT_ID, email: person.email };
    const told = { ...whom, reason: "bounced", detail: REASON, at: new Date() } as const;
    await suppressAddress(service.ports, told);
    const { source } = await browser.open("/account/security");
    expect(source).toContain(person.email);
    expect(source).not.toContain("come back");
  });

  it("is in the log by its domain alone, with why: by the queue's consumer and the dead letters'", async () => {
    const { service, person } = await turnedAway();
    await forgets(service, person.email);
    const [order] = service.orders.splice(0);
    const bindings = { ...env, EMAIL: {} } as unknown as Bindings;
    const log = logLines();
    for (const queue of ["latchkey-mail", "latchkey-mail-dead"]) {
      const message = { body: order, attempts: 1, ack() {}, retry: expect.fail };
      const batch = { queue, messages: [message] } as unknown as MessageBatch<never>;
      await worker.queue(batch, bindings);
    }
    const why = {
      suppressed: "bounced",
      since: expect.any(String),
      until: expect.any(String),
    };
    expect(log.parsed()).toEqual([
      {
        level: "info",
        queue: "latchkey-mail",
        letter: "reset-password",
        tenant: DEFAULT_TENANT_ID,
        domain: "example.test",
        ...why,
      },
      expect.objectContaining({
        level: "error",
        queue: "latchkey-mail-dead",
        dead_letter: "reset-password",
        delivered: false,
        ...why,
      }),
    ]);
    expect(log.text()).not.toContain(person.email);
  });
});
