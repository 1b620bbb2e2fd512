import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Attempt, AttemptSubject, Factor } from "../../src/core/throttle/throttle.ts";
import { placeOf } from "../../src/storage/durable/kept-by-subject.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { evictAll, storedIn } from "../support/durable.ts";
import { randomAddress, startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const { throttle, loginCodes, userCodes } = startService().ports;
const namespaces: readonly DurableObjectNamespace[] = [
  env.THROTTLE,
  env.LOGIN_CODE,
  env.CODE_ENTRY,
];
const WRONG_CODE = "ZZZZ-ZZZB";

const aSubject = (): AttemptSubject => ({
  tenantId: "a-tenant",
  email: `${crypto.randomUUID()}@example.test`,
  address: randomAddress(),
});

/** What every object that counts has stored, under where it stands. */
async function everythingStored() {
  const stored: Record<string, Awaited<ReturnType<typeof storedIn>>> = {};
  for (const namespace of namespaces) {
    for (const id of await listDurableObjectIds(namespace)) {
      stored[String(id)] = await storedIn(namespace.get(id));
    }
  }
  return stored;
}

async function waitOf(factor: Factor, subject: AttemptSubject) {
  return (await throttle.attempt(factor, subject)).wait;
}

async function fail(factor: Factor, subject: AttemptSubject, times: number) {
  for (let time = 0; time < times; time++) {
    await throttle.attempt(factor, subject);
  }
}

/** An object that none of the other tests has put a subject in, and a subject for it. */
async function anObjectAlone() {
  for (;;) {
    const subject = aSubject();
    const { shard } = await placeOf("password", subject.tenantId, subject.email);
    const object = env.THROTTLE.get(env.THROTTLE.idFromName(shard));
    const isEmpty = await runInDurableObject(
      object,
      (_, { storage: { sql } }) => [...sql.exec("SELECT 1 FROM attempts")].length === 0,
    );
    if (isEmpty) {
      return { subject, object };
    }
  }
}

describe("what was counted", () => {
  it("is the same after every object was thrown out of memory, and goes on being counted", async () => {
    stopClock();
    const subject = aSubject();
    const { tenantId, email } = subject;
    const challenge = crypto.randomUUID();
    const order = { kind: "reset-password", tenantId, email } as const;
    const guess = { tenantId, userCode: WRONG_CODE, accountId: "an-account", address: "a-place" };
    await fail("password", subject, 10);
    await fail("second factor", subject, 10);
    for (let time = 0; time < 5; time++) {
      await throttle.mail(order);
      await throttle.challenge(challenge);
      await loginCodes.check(subject, ["a wrong digest"]);
      await userCodes.describe(guess);
    }
    const before = await everythingStored();

    const evicted = await evictAll(...namespaces);

    expect(evicted).toBe(Object.keys(before).length);
    expect(await everythingStored()).toEqual(before);
    expect({
      password: await waitOf("password", subject),
      secondFactor: await waitOf("second factor", subject),
      mail: await throttle.mail(order),
      challenge: await throttle.challenge(challenge),
      loginCode: await loginCodes.check(subject, ["a wrong digest"]),
      userCode: await userCodes.describe(guess),
    }).toEqual({
      password: { retryAfterSeconds: 1, limit: 10 },
      secondFactor: { retryAfterSeconds: 1, limit: 10 },
      mail: { retryAfterSeconds: 3600, limit: 5 },
      challenge: false,
      loginCode: { is: "exhausted", retryAfterSeconds: 600 },
      userCode: { is: "throttled", retryAfterSeconds: 900, limit: 5 },
    });
  });

  it("is counted exactly where ten come at once, ten times, and all is evicted between: the hundredth closes", async () => {
    const subject = aSubject();
    const counted: Attempt[] = [];
    for (let round = 0; round < 10; round++) {
      const attempts = Array.from({ length: 10 }, (_, number) =>
        throttle.attempt("password", { ...subject, address: `198.18.${round}.${number}` }),
      );
      counted.push(...(await Promise.all(attempts)));
      await evictAll(env.THROTTLE);
    }

    expect(counted.filter(({ wait }) => wait)).toEqual([]);
    expect(tally(counted.map(({ closes }) => String(closes)))).toEqual({ false: 99, true: 1 });
    expect(await waitOf("password", subject)).toMatchObject({ limit: 100 });
  });
});

describe("where it is counted", () => {
  it("says nothing of an address: a thousand share no more than 256 objects", async () => {
    const places = await Promise.all(
      Array.from({ length: 1000 }, () => placeOf("password", "a-tenant", crypto.randomUUID())),
    );

    const shards = new Set(places.map(({ shard }) => shard));
    expect(shards.size).toBeLessThanOrEqual(256);
    expect(shards.size).toBeGreaterThan(200);
    expect(new Set(places.map(({ subject }) => subject)).size).toBe(1000);
  });

  it("is one place for one subject, and holds it under a digest", async () => {
    const subject = ["password", "a-tenant", "robin@example.test"];

    const place = await placeOf(...subject);

    expect(await placeOf(...subject)).toEqual(place);
    expect(place.subject).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(place)).not.toContain("robin");
  });

  it("keeps subjects apart that share an object", async () => {
    const [first, second] = await twoInOneShard();

    await fail("password", first, 10);

    expect(await waitOf("password", first)).not.toBeNull();
    expect(await waitOf("password", second)).toBeNull();
    await throttle.accepted("password", second);
    expect(await waitOf("password", first)).not.toBeNull();
  });

  it("is swept a thousand at a time, one second after another, by an index", async () => {
    stopClock();
    // Ahead of the runtime's own clock, by which the alarm would ring unasked a second later.
    passSeconds(DAY_SECONDS);
    const { subject, object } = await anObjectAlone();
    await fail("password", subject, 1);
    await runInDurableObject(object, (_, { storage: { sql } }) => {
      for (let row = 0; row < 2500; row++) {
        sql.exec("INSERT INTO attempts VALUES (?, '{}', ?)", `row ${row}`, Date.now());
      }
    });
    const ring = async () => {
      await runDurableObjectAlarm(object);
      return runInDurableObject(object, async (_, { storage }) => {
        const [rows] = storage.sql.exec<{ left: number }>("SELECT count(*) AS left FROM attempts");
        const ringsAt = (await storage.getAlarm()) ?? Number.NaN;
        return [rows?.left, ringsAt - Date.now()];
      });
    };

    const DAY_MS = DAY_SECONDS * 1000;
    expect(await ring()).toEqual([1501, 1000]);
    expect(await ring()).toEqual([501, 1000]);
    expect(await ring()).toEqual([1, DAY_MS]);
    const plan = await runInDurableObject(object, (_, { storage: { sql } }) => [
      ...sql.exec("EXPLAIN QUERY PLAN SELECT subject FROM attempts WHERE until <= ? LIMIT 1", 0),
    ]);
    expect(plan.map(({ detail }) => detail)).toEqual([
      "SEARCH attempts USING COVERING INDEX attempts_until (until<?)",
    ]);
  });

  it("REL-08: is empty once all had its time and the alarm has rung", async () => {
    stopClock();
    const subject = aSubject();
    await fail("password", subject, 3);
    await throttle.mail({ kind: "login-code", ...subject });
    const left = async () =>
      Object.values(await everythingStored()).flatMap(({ entries, rows }) => [...entries, ...rows])
        .length;
    expect(await left()).toBeGreaterThan(1);

    passSeconds(366 * DAY_SECONDS);
    for (const namespace of namespaces) {
      for (const id of await listDurableObjectIds(namespace)) {
        await runDurableObjectAlarm(namespace.get(id));
      }
    }

    expect(await left()).toBe(0);
  });
});

describe("a recovery by mail", () => {
  it("THR-01: opens the password wholly, and of a second factor that was closed ten tries", async () => {
    const subject = aSubject();
    const guess = (factor: Factor) => waitOf(factor, { ...subject, address: randomAddress() });
    for (let time = 0; time < 100; time++) {
      await Promise.all([guess("password"), guess("second factor")]);
    }
    const closed = { retryAfterSeconds: 3600, limit: 100 };
    expect(await guess("password")).toEqual({ ...closed, untilRecovered: true });
    expect(await guess("second factor")).toEqual({ ...closed, untilRecovered: true });

    await throttle.recovered(subject);

    const waits: Record<Factor, unknown[]> = { password: [], "second factor": [] };
    for (let time = 0; time < 11; time++) {
      waits.password.push(await guess("password"));
      waits["second factor"].push(await guess("second factor"));
    }
    const open = Array.from({ length: 10 }, () => null);
    expect(waits).toEqual({ password: [...open, null], "second factor": [...open, closed] });
  });
});

describe("what was counted at an address that an account moved from", () => {
  const CLOSED = { retryAfterSeconds: 3600, limit: 100, untilRecovered: true };

  /** Whether the password, and the second factor, of whoever has an address is closed. */
  const areClosed = (subject: AttemptSubject) =>
    Promise.all(
      (["password", "second factor"] as const).map(async (factor) => {
        const wait = await waitOf(factor, { ...subject, address: "192.0.2.1" });
        return wait?.limit === CLOSED.limit;
      }),
    );

  async function closedAt(subject: AttemptSubject) {
    for (let address = 0; address < 100; address++) {
      await throttle.attempt("password", { ...subject, address: `198.18.0.${address}` });
    }
    expect(await areClosed(subject)).toEqual([true, false]);
  }

  it("goes along and is left to nobody, and what was counted at the new one stays", async () => {
    stopClock();
    const [from, to] = [aSubject(), aSubject()];
    await closedAt(from);
    await fail("second factor", to, 10);
    const move = { moveId: "a change", tenantId: "a-tenant", fromEmail: from.email };

    await throttle.moved({ ...move, toEmail: to.email });

    expect(await waitOf("password", to)).toEqual(CLOSED);
    expect(await waitOf("second factor", to)).toEqual({ retryAfterSeconds: 1, limit: 10 });
    expect(await areClosed(from)).toEqual([false, false]);
    expect(await waitOf("password", from)).toBeNull();
  });

  it("goes along however often the move is tried, and takes nothing of who has the old one next", async () => {
    stopClock();
    const [from, to] = [aSubject(), aSubject()];
    await closedAt(from);
    const move = { moveId: "a change", tenantId: "a-tenant", fromEmail: from.email };

    await throttle.moved({ ...move, toEmail: to.email });
    await fail("password", from, 10);
    await throttle.moved({ ...move, toEmail: to.email });

    expect(await areClosed(to)).toEqual([true, false]);
    expect(await waitOf("password", from)).toEqual({ retryAfterSeconds: 1, limit: 10 });
  });

  it("goes along once: a move that is tried again undoes no attempt counted since, and no right one", async () => {
    stopClock();
    const [from, to] = [aSubject(), aSubject()];
    await fail("password", from, 5);
    await fail("second factor", from, 10);
    const move = { moveId: "a change", tenantId: "a-tenant", fromEmail: from.email };
    await throttle.moved({ ...move, toEmail: to.email });
    await fail("password", to, 10);
    await throttle.accepted("second factor", { ...to, address: from.address });

    await throttle.moved({ ...move, toEmail: to.email });

    expect(await waitOf("password", to)).toEqual({ retryAfterSeconds: 1, limit: 10 });
    expect(await waitOf("second factor", { ...to, address: from.address })).toBeNull();
  });

  it("goes along with each of two moves from one address", async () => {
    stopClock();
    const [first, second, third] = [aSubject(), aSubject(), aSubject()];
    await closedAt(first);
    const move = { tenantId: "a-tenant", fromEmail: first.email };
    await throttle.moved({ ...move, moveId: "a change", toEmail: second.email });
    await fail("second factor", first, 10);

    await throttle.moved({ ...move, moveId: "another change", toEmail: third.email });

    expect(await areClosed(third)).toEqual([false, false]);
    const there = { ...third, address: first.address };
    expect(await waitOf("second factor", there)).toEqual({
      retryAfterSeconds: 1,
      limit: 10,
    });
  });
});

/** Two subjects that are kept by the same object. */
async function twoInOneShard(): Promise<[AttemptSubject, AttemptSubject]> {
  const first = aSubject();
  const shardOf = ({ tenantId, email }: AttemptSubject) => placeOf("password", tenantId, email);
  const { shard } = await shardOf(first);
  for (;;) {
    const second = aSubject();
    if ((await shardOf(second)).shard === shard) {
      return [first, second];
    }
  }
}
