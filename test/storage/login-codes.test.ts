import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Mailbox } from "../../src/core/login-code/login-codes.ts";
import { placeOf } from "../../src/storage/durable/kept-by-subject.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { loginCodeObject } from "../support/durable.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { tryHundredWrongCodes } from "../support/wrong-codes.ts";

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

/** A mailbox that shares its object with none of the other tests'. */
async function aMailboxAlone(): Promise<Mailbox> {
  for (;;) {
    const mailbox = aMailbox();
    if ((await mailboxesBeside(mailbox)).length === 0) {
      return mailbox;
    }
  }
}

/** The subjects of all that stands in the object of a mailbox. */
async function mailboxesBeside(mailbox: Mailbox) {
  return runInDurableObject(await loginCodeObject(mailbox), (_, { storage: { sql } }) => [
    ...sql.exec("SELECT subject FROM codes UNION SELECT subject FROM mailboxes"),
  ]);
}

/** Keeps one of two codes: the short one under this digest, the long one under another. */
function keep(mailbox: Mailbox, digest: string, orderId: string = crypto.randomUUID()) {
  const drawn = { ...KEPT, shortDigest: digest, longDigest: `long: ${digest}`, orderId };
  return loginCodes.put(mailbox, drawn, LIFETIME_SECONDS);
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
  it("is right as often as it is looked at, until it is forgotten", async () => {
    const mailbox = await mailboxWithCode();

    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    expect(await loginCodes.check(mailbox, [...WRONG, ...RIGHT])).toEqual(GOOD);
    await loginCodes.forget(mailbox, RIGHT);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
  });

  it("survives the eviction of its object between any two steps", async () => {
    const mailbox = await mailboxWithCode();
    const evict = async () => evictDurableObject(await loginCodeObject(mailbox));

    await evict();
    expect(await tryWrongly(mailbox, 1)).toEqual(["wrong"]);
    await evict();
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    await evict();
    await loginCodes.forget(mailbox, RIGHT);
    await evict();
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
    expect(await tryWrongly(mailbox, 3)).toEqual(["wrong", "wrong", "wrong"]);
    await evict();
    expect((await loginCodes.check(mailbox, RIGHT)).is).toBe("exhausted");
  });

  it("is void once a newer one is kept, which is not forgotten in its place", async () => {
    const mailbox = await mailboxWithCode();

    await keep(mailbox, "a newer digest");

    await loginCodes.forget(mailbox, RIGHT);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
    expect(await loginCodes.check(mailbox, ["a newer digest"])).toEqual(GOOD);
  });

  it("is of one tenant's mailbox alone", async () => {
    const mailbox = await mailboxWithCode();

    const another = { ...mailbox, tenantId: "another" };
    expect(await loginCodes.check(another, RIGHT)).toEqual({ is: "wrong" });
    await loginCodes.forget(another, RIGHT);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
  });

  it("ends with its time", async () => {
    stopClock();
    const mailbox = await mailboxWithCode();

    passSeconds(LIFETIME_SECONDS - 1);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
    passSeconds(1);
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual({ is: "wrong" });
  });

  it("REL-08: leaves nothing in storage once it is forgotten and the alarm has rung", async () => {
    stopClock();
    const mailbox = await aMailboxAlone();
    const object = await loginCodeObject(mailbox);
    await keep(mailbox, "the digest that was kept");
    expect(await mailboxesBeside(mailbox)).toHaveLength(1);

    passSeconds(31 * DAY_SECONDS);
    expect(await runDurableObjectAlarm(object)).toBe(true);

    expect(await mailboxesBeside(mailbox)).toEqual([]);
    expect(await runDurableObjectAlarm(object)).toBe(false);
  });
});

describe("a hundred wrong codes in a row at one mailbox", () => {
  async function mailboxAfter(wrong: number): Promise<Mailbox> {
    const mailbox = aMailbox();
    for (let tried = 0; tried < wrong; tried += 5) {
      expect(await keep(mailbox, "a short one")).toBe("short");
      await tryWrongly(mailbox, Math.min(5, wrong - tried));
    }
    return mailbox;
  }

  it("bring it long codes from then on, wherever they were typed and whenever", async () => {
    stopClock();
    const mailbox = await mailboxAfter(99);
    expect(await keep(mailbox, "the last short one")).toBe("short");
    passSeconds(300 * DAY_SECONDS);
    expect(await keep(mailbox, "the last short one")).toBe("short");
    await tryWrongly(mailbox, 1);

    for (let order = 0; order < 30; order++) {
      expect(await keep(mailbox, "one more")).toBe("long");
    }

    expect(await loginCodes.check(mailbox, ["one more"])).toEqual({ is: "wrong" });
    expect(await loginCodes.check(mailbox, ["long: one more"])).toEqual(GOOD);
  });

  it("shut nobody out: no wrong try closes a long code", async () => {
    const mailbox = aMailbox();
    await tryHundredWrongCodes(loginCodes, mailbox);
    await keep(mailbox, "the owner's");

    expect(await tryWrongly(mailbox, 20)).toEqual(Array(20).fill("wrong"));

    expect(await loginCodes.check(mailbox, ["long: the owner's"])).toEqual(GOOD);
    await loginCodes.forget(mailbox, ["long: the owner's"]);
    expect(await loginCodes.check(mailbox, ["long: the owner's"])).toEqual({ is: "wrong" });
  });

  it("are no row any more once a code was forgotten, and nobody sees that it was", async () => {
    const mailbox = aMailbox();
    await tryHundredWrongCodes(loginCodes, mailbox);
    await keep(mailbox, "the owner's");
    await loginCodes.forget(mailbox, ["long: the owner's"]);

    expect(await tryWrongly(mailbox, 6)).toEqual(Array(6).fill("wrong"));

    expect(await keep(mailbox, "the next one")).toBe("short");
    expect(await loginCodes.check(mailbox, ["the next one"])).toEqual(GOOD);
  });

  it("are none where there was no code to be right: not yet, forgotten, or expired", async () => {
    stopClock();
    const mailbox = aMailbox();
    const tryForTwentyWindows = async () => {
      for (let window = 0; window < 20; window++) {
        await tryWrongly(mailbox, 5);
        passSeconds(LIFETIME_SECONDS);
      }
    };
    await tryForTwentyWindows();
    expect(await keep(mailbox, "the first one")).toBe("short");
    await loginCodes.forget(mailbox, ["the first one"]);
    await tryForTwentyWindows();
    expect(await keep(mailbox, "the second one")).toBe("short");
    passSeconds(LIFETIME_SECONDS);
    await tryForTwentyWindows();

    expect(await keep(mailbox, "the third one")).toBe("short");
    expect(await storedRow(mailbox)).toBeNull();
  });
});

/** What is counted of the wrong tries in a row. */
async function storedRow(mailbox: Mailbox) {
  const { subject } = await placeOf("login-code", mailbox.tenantId, mailbox.email);
  return runInDurableObject(await loginCodeObject(mailbox), (_, { storage: { sql } }) => {
    const [row] = sql.exec("SELECT value FROM mailboxes WHERE subject = ?", subject);
    return row?.value ?? null;
  });
}

describe("wrong tries at a login code", () => {
  it("are five; a sixth try is refused even if it is right, until the code has expired", async () => {
    stopClock();
    const mailbox = await mailboxWithCode();
    expect(await tryWrongly(mailbox, 5)).toEqual(Array(5).fill("wrong"));
    passSeconds(100);

    const exhausted = { is: "exhausted", retryAfterSeconds: LIFETIME_SECONDS - 100 };
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(exhausted);
    expect(await loginCodes.check(mailbox, WRONG)).toEqual(exhausted);
    await loginCodes.forget(mailbox, RIGHT);
    expect(await loginCodes.check(mailbox, WRONG)).toEqual(exhausted);
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

  it("stay counted where a letter is written again, and not where another was ordered at once", async () => {
    stopClock();
    const mailbox = aMailbox();
    await keep(mailbox, "lost on the way", "an order");
    await tryWrongly(mailbox, 3);

    await keep(mailbox, "delivered", "an order");
    expect(await tryWrongly(mailbox, 3)).toEqual(["wrong", "wrong", "exhausted"]);
    await keep(mailbox, "of another order", "another order");
    expect(await tryWrongly(mailbox, 4)).toEqual(Array(4).fill("wrong"));
    expect(await loginCodes.check(mailbox, ["of another order"])).toEqual(GOOD);
  });

  it("begin anew with a new code", async () => {
    const mailbox = await mailboxWithCode();
    await tryWrongly(mailbox, 6);

    await keep(mailbox, "the digest that was kept");

    expect(await tryWrongly(mailbox, 4)).toEqual(Array(4).fill("wrong"));
    expect(await loginCodes.check(mailbox, RIGHT)).toEqual(GOOD);
  });
});
