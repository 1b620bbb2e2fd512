import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Mailbox } from "../../src/core/session/login-codes.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { loginCodeObject } from "../support/durable.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const LIFETIME_SECONDS = 600;
const RIGHT = ["the digest that was kept"];
const WRONG = ["the digest of another one"];

const KEPT = { announcedId: null, sessionId: "the session that it opens" };

const { loginCodes } = startService().ports;

function aMailbox(): Mailbox {
  return { tenantId: "a-tenant", email: `${crypto.randomUUID()}@example.test` };
}

async function mailboxWithCode(): Promise<Mailbox> {
  const mailbox = aMailbox();
  await keep(mailbox, "the digest that was kept");
  return mailbox;
}

/** Keeps a code that was ordered now, or then. */
function keep(mailbox: Mailbox, digest: string, orderedAt = Date.now()): Promise<boolean> {
  return loginCodes.put(mailbox, { ...KEPT, digest, orderedAt }, LIFETIME_SECONDS);
}

async function tryWrongly(mailbox: Mailbox, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let time = 0; time < times; time++) {
    answers.push((await loginCodes.check(mailbox, WRONG)).is);
  }
  return answers;
}

const GOOD = { is: "right", ...KEPT };

describe("a login code", () => {
  it("is right as often as it is looked at, and spent once", async () => {
    const mailbox = await mailboxWithCode();

    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    expect(await loginCodes.check(mailbox, [...WRONG, ...RIGHT])).toEqual(GOOD);
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(true);
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(false);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
  });

  it("is spent by one of 20 at once", async () => {
    const mailbox = await mailboxWithCode();

    const spent = await Promise.all(
      Array.from({ length: 20 }, () => loginCodes.spend(mailbox, RIGHT)),
    );

    expect(tally(spent.map(String))).toEqual({ true: 1, false: 19 });
  });

  it("survives the eviction of its object between any two steps", async () => {
    const mailbox = await mailboxWithCode();
    const evict = async () => evictDurableObject(await loginCodeObject(mailbox));

    await evict();
    expect(await tryWrongly(mailbox, 1)).toEqual(["wrong"]);
    await evict();
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    await evict();
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(true);
    await evict();
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(false);
    expect(await tryWrongly(mailbox, 4)).toEqual(["wrong", "wrong", "wrong", "wrong"]);
    await evict();
    expect((await loginCodes.check(mailbox, RIGHT)).is).toBe("exhausted");
  });

  it("is void once a newer one is kept", async () => {
    const mailbox = await mailboxWithCode();

    await keep(mailbox, "a newer digest");

    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(false);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
    expect(await loginCodes.spend(mailbox, ["a newer digest"])).toBe(true);
  });

  it("is of one tenant's mailbox alone", async () => {
    const mailbox = await mailboxWithCode();

    expect(await loginCodes.spend({ ...mailbox, tenantId: "another" }, RIGHT)).toBe(false);
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(true);
  });

  it("ends with its time", async () => {
    stopClock();
    const mailbox = await mailboxWithCode();

    passSeconds(LIFETIME_SECONDS - 1);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    passSeconds(1);
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(false);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
  });

  it("REL-08: leaves nothing in storage once it is forgotten and the alarm has rung", async () => {
    stopClock();
    const mailbox = await mailboxWithCode();
    const object = await loginCodeObject(mailbox);
    const left = () =>
      runInDurableObject(object, (_, { storage: { sql } }) => [
        ...sql.exec("SELECT subject FROM codes UNION SELECT subject FROM mailboxes"),
      ]);
    expect(await left()).toHaveLength(1);

    passSeconds(31 * DAY_SECONDS);
    expect(await runDurableObjectAlarm(object)).toBe(true);

    expect(await left()).toEqual([]);
    expect(await runDurableObjectAlarm(object)).toBe(false);
  });
});

describe("a hundred wrong codes in a row at one mailbox", () => {
  async function exhausted(codes: number): Promise<Mailbox> {
    const mailbox = aMailbox();
    for (let code = 0; code < codes; code++) {
      expect(await keep(mailbox, "the digest that was kept")).toBe(true);
      await tryWrongly(mailbox, 5);
    }
    return mailbox;
  }

  it("leave it one code a day, wherever they were typed and whenever", async () => {
    stopClock();
    const mailbox = await exhausted(19);
    passSeconds(300 * DAY_SECONDS);
    expect(await keep(mailbox, "the digest that was kept")).toBe(true);
    await tryWrongly(mailbox, 5);

    passSeconds(DAY_SECONDS - 1);
    expect(await keep(mailbox, "too early")).toBe(false);
    expect(await loginCodes.check(mailbox, ["too early"])).toEqual({ is: "wrong" });
    passSeconds(1);
    expect(await keep(mailbox, "the one of the day")).toBe(true);
    expect(await keep(mailbox, "another one of that day", Date.now() + 1)).toBe(false);
    expect(await loginCodes.check(mailbox, ["the one of the day"])).toEqual(GOOD);
  });

  it("let the day's code be written again when its letter could not be sent", async () => {
    stopClock();
    const mailbox = await exhausted(20);
    passSeconds(DAY_SECONDS);
    const orderedAt = Date.now();

    expect(await keep(mailbox, "lost on the way", orderedAt)).toBe(true);
    passSeconds(30);
    expect(await keep(mailbox, "delivered", orderedAt)).toBe(true);

    expect(await loginCodes.check(mailbox, ["delivered"])).toEqual(GOOD);
  });

  it("are no row any more once a code was spent", async () => {
    stopClock();
    const mailbox = await exhausted(20);
    passSeconds(DAY_SECONDS);
    await keep(mailbox, "the one of the day");

    expect(await loginCodes.spend(mailbox, ["the one of the day"])).toBe(true);

    expect(await keep(mailbox, "at once", Date.now() + 1)).toBe(true);
  });

  it("are counted where no code was ever sent, too", async () => {
    stopClock();
    const mailbox = aMailbox();
    for (let window = 0; window < 20; window++) {
      await tryWrongly(mailbox, 5);
      passSeconds(LIFETIME_SECONDS);
    }

    expect(await keep(mailbox, "the first one")).toBe(true);
    expect(await keep(mailbox, "the second one", Date.now() + 1)).toBe(false);
  });
});

describe("wrong tries at a login code", () => {
  it("are five; a sixth try is refused even if it is right, until the code has expired", async () => {
    stopClock();
    const mailbox = await mailboxWithCode();
    expect(await tryWrongly(mailbox, 5)).toEqual(Array(5).fill("wrong"));
    passSeconds(100);

    const exhausted = { is: "exhausted", retryAfterSeconds: LIFETIME_SECONDS - 100 };
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(exhausted);
    expect(await loginCodes.check(mailbox, WRONG)).toEqual(exhausted);
    expect(await loginCodes.spend(mailbox, RIGHT)).toBe(false);
    passSeconds(LIFETIME_SECONDS - 100);
    expect(await loginCodes.check(mailbox, WRONG)).toEqual({ is: "wrong" });
  });

  it("are counted alike where no code was sent", async () => {
    stopClock();
    const mailbox = aMailbox();

    expect(await tryWrongly(mailbox, 6)).toEqual([...Array(5).fill("wrong"), "exhausted"]);
    passSeconds(LIFETIME_SECONDS);
    expect(await tryWrongly(mailbox, 1)).toEqual(["wrong"]);
  });

  it("do not slip through when 40 come at once", async () => {
    const mailbox = await mailboxWithCode();

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => loginCodes.check(mailbox, WRONG)),
    );

    expect(tally(answers.map(({ is }) => is))).toEqual({ wrong: 5, exhausted: 35 });
  });

  it("begin anew with a new code", async () => {
    const mailbox = await mailboxWithCode();
    await tryWrongly(mailbox, 6);

    await keep(mailbox, "the digest that was kept");

    expect(await tryWrongly(mailbox, 4)).toEqual(Array(4).fill("wrong"));
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
  });
});
