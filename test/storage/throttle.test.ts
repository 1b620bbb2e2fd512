import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { AttemptSubject, Factor } from "../../src/core/throttle/throttle.ts";
import { placeOf } from "../../src/storage/durable/kept-by-subject.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { evictAll } from "../support/durable.ts";
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

/** Every row of every object that counts, under where it stands. */
async function everythingStored() {
  const stored: Record<string, unknown> = {};
  for (const namespace of namespaces) {
    for (const id of await listDurableObjectIds(namespace)) {
      stored[String(id)] = await runInDurableObject(namespace.get(id), (_, { storage: { sql } }) =>
        [...sql.exec<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")]
          .filter(({ name }) => !name.startsWith("_cf_"))
          .map(({ name }) => [name, ...sql.exec(`SELECT * FROM ${name}`)]),
      );
    }
  }
  return stored;
}

async function fail(factor: Factor, subject: AttemptSubject, times: number) {
  for (let time = 0; time < times; time++) {
    await throttle.attempt(factor, subject);
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
      password: await throttle.attempt("password", subject),
      secondFactor: await throttle.attempt("second factor", subject),
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

  it("is counted exactly where ten come at once, ten times, and all is evicted between", async () => {
    const subject = aSubject();
    const waits: unknown[] = [];
    for (let round = 0; round < 10; round++) {
      const attempts = Array.from({ length: 10 }, (_, number) =>
        throttle.attempt("password", { ...subject, address: `198.18.${round}.${number}` }),
      );
      waits.push(...(await Promise.all(attempts)));
      await evictAll(env.THROTTLE);
    }

    expect(tally(waits.map(String))).toEqual({ null: 100 });
    expect(await throttle.attempt("password", subject)).toMatchObject({ limit: 100 });
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

    expect(await throttle.attempt("password", first)).not.toBeNull();
    expect(await throttle.attempt("password", second)).toBeNull();
    await throttle.accepted("password", second);
    expect(await throttle.attempt("password", first)).not.toBeNull();
  });

  it("REL-08: is empty once all had its time and the alarm has rung", async () => {
    stopClock();
    const subject = aSubject();
    await fail("password", subject, 3);
    await throttle.mail({ kind: "login-code", ...subject });
    const left = async () =>
      JSON.stringify(await everythingStored()).match(/"subject"/g)?.length ?? 0;
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
