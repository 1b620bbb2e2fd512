import { evictAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { decide, startedDevice } from "../support/devices.ts";
import { codeEntryObject, grantObject, storedIn } from "../support/durable.ts";
import { startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn, somebody } from "../support/people.ts";
import { randomAddress, startService } from "../support/service.ts";
import { runHourly } from "../support/signing-keys.ts";

/** `VITE_PENDING_GRANTS=10000 npx vitest run test/storage/abandoned.test.ts` abandons as many. */
const { env: settings } = import.meta as { env?: Record<string, string> };
const GRANTS = Number(settings?.["VITE_PENDING_GRANTS"] ?? 500);
/** So many at a time, as they come from all over. Then they sleep: each that is awake holds files open. */
const AT_ONCE = 100;
/** A device code's life, and the seconds for which it is said to have expired. */
const FORGOTTEN_SECONDS = 900 + 10;

const service = startService();

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

/** How much an object has stored in its key-value store and its tables, and whether it will ring. */
async function keptBy(stub: DurableObjectStub): Promise<{ stored: number; alarm: boolean }> {
  const { entries, rows } = await storedIn(stub);
  const ringsAt = await runInDurableObject(stub, (_, { storage }) => storage.getAlarm());
  return { stored: entries.length + rows.length, alarm: ringsAt !== null };
}

const EMPTY = { stored: 0, alarm: false };

/** Everything that stands in D1, by table. */
async function rows(): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  const counted = results.map(async ({ name }) => {
    const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${name}`).first<{ n: number }>();
    return [name, row?.n];
  });
  return Object.fromEntries(await Promise.all(counted));
}

async function inTurns(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - from);
    await Promise.all(Array.from({ length }, (_, index) => work(from + index)));
    await evictAllDurableObjects();
  }
}

describe(`REL-08: ${GRANTS} device grants that nobody came back for`, { timeout: 600_000 }, () => {
  it("leave nothing behind, in their objects or in the database", async () => {
    stopClock();
    await service.signingKeys.current();
    await runHourly();
    const before = await rows();
    const userCodes: string[] = [];
    await inTurns(GRANTS, async () => {
      userCodes.push((await startedGrant(service, {}, { address: randomAddress() })).user_code);
    });
    expect(new Set(userCodes).size).toBe(GRANTS);
    expect(await keptBy(grantObject(userCodes[0] ?? ""))).toEqual({ stored: 1, alarm: true });

    passSeconds(FORGOTTEN_SECONDS);
    const left: unknown[] = [];
    await inTurns(GRANTS, async (index) => {
      const object = grantObject(userCodes[index] ?? "");
      const hadAlarm = await runDurableObjectAlarm(object);
      const kept = await keptBy(object);
      if (!hadAlarm || kept.stored > 0 || kept.alarm) {
        left.push({ hadAlarm, ...kept });
      }
    });
    await runHourly();

    expect(left).toEqual([]);
    expect(await rows()).toEqual(before);
  });
});

describe("REL-08: an object forgets by itself", () => {
  it("a device grant that was redeemed: all of it, once it has expired", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedDevice(service);
    expect((await decide(service, accessToken, { userCode })).status).toBe(200);
    const object = grantObject(userCode);
    expect(await keptBy(object)).toEqual({ stored: 2, alarm: true });

    await runDurableObjectAlarm(object);

    expect(await keptBy(object)).toEqual(EMPTY);
  });

  it("wrong user codes: all that have left the window, and then it sets no alarm any more", async () => {
    stopClock();
    const { accessToken } = await signedIn(service);
    await decide(service, accessToken, { userCode: "BCDF-GHJK" });
    const counted = () =>
      runInDurableObject(codeEntryObject(), (_, { storage }) =>
        storage.sql.exec("SELECT subject FROM wrong").toArray(),
      );
    expect(await counted()).toHaveLength(3);

    passSeconds(899);
    await runDurableObjectAlarm(codeEntryObject());
    expect(await counted()).toHaveLength(3);
    expect((await keptBy(codeEntryObject())).alarm).toBe(true);

    passSeconds(2);
    await runDurableObjectAlarm(codeEntryObject());
    expect(await counted()).toEqual([]);
    expect(await keptBy(codeEntryObject())).toEqual(EMPTY);
  });
});

describe("REL-08: what is put into KV", () => {
  it("has an end, whatever it is", async () => {
    const { person } = await signedIn(service);
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    await service.ask("/auth/verification-mail", { body: { email: somebody().email } });
    const { keys: kept } = await env.CODES.list();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ expiration }) => expiration === undefined)).toEqual([]);
  });
});
