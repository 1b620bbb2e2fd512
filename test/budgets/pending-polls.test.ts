import { evictAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { beforeAll, expect, it, vi } from "vitest";
import { passSeconds, stopClock } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { grantObject } from "../support/durable.ts";
import { askToken, DEVICE_CODE_GRANT, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { heard } from "../support/oauth-devices.ts";
import { randomAddress, startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

/** `VITE_PENDING_GRANTS=10000 npx vitest run test/budgets/pending-polls.test.ts` counts as many. */
const { env } = import.meta as { env?: Record<string, string> };
const GRANTS = Number(env?.["VITE_PENDING_GRANTS"] ?? 1_000);
const ROUNDS = 2;
const INTERVAL_SECONDS = 5;
/** So many at a time, as they come from all over. Then they sleep: each that is awake holds files open. */
const AT_ONCE = 100;
const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };

const service = startService();

beforeAll(registerOAuthClients);

const startOne = () => startedGrant(service, {}, { address: randomAddress() });

async function pollOne(device_code: string): Promise<string> {
  const form = { grant_type: DEVICE_CODE_GRANT, client_id: "test-oauth-tv", device_code };
  return heard(await askToken(service, form, { address: randomAddress() }));
}

it(`${GRANTS} pending grants that are polled ${ROUNDS} times at their pace: no D1 call, no storage write`, {
  timeout: 600_000,
}, async () => {
  stopClock();
  const first = await startOne();
  await pollOne(first.device_code);
  const countWrites = await writesOf(first.user_code);

  const codes: string[] = [];
  const startWrites = await countWrites(async () => {
    codes.push(...(await inTurns(GRANTS, async () => (await startOne()).device_code)));
  });
  // What is counted here counts: a start keeps the grant, its state and when to forget it.
  expect(startWrites).toBe(GRANTS * 3);

  const answers: string[] = [];
  const pollAll = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      answers.push(...(await inTurns(GRANTS, (index) => pollOne(codes[index] ?? ""))));
      passSeconds(INTERVAL_SECONDS);
    }
  };
  let writes = -1;
  const calls = await countCalls(async () => {
    writes = await countWrites(pollAll);
  });

  expect(tally(answers)).toEqual({ "400 authorization_pending": GRANTS * ROUNDS });
  expect(writes).toBe(0);
  expect(calls).toEqual({ ...NOTHING, durableObjects: GRANTS * ROUNDS });
});

async function inTurns<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) {
    const from = done.length;
    const length = Math.min(AT_ONCE, count - from);
    done.push(...(await Promise.all(Array.from({ length }, (_, index) => work(from + index)))));
    await evictAllDurableObjects();
  }
  return done;
}

/** Counts what any grant's object writes, alarms included. */
async function writesOf(userCode: string) {
  const [storage, kv, sql] = await runInDurableObject(grantObject(userCode), (_, ctx) =>
    [ctx.storage, ctx.storage.kv, ctx.storage.sql].map(
      (part): Record<string, () => unknown> => Object.getPrototypeOf(part),
    ),
  );
  const names = { storage: ["put", "delete", "deleteAll", "setAlarm"], kv: ["put", "delete"] };

  return async (work: () => Promise<unknown>): Promise<number> => {
    const spies = [
      ...names.storage.map((name) => vi.spyOn(storage ?? {}, name)),
      ...names.kv.map((name) => vi.spyOn(kv ?? {}, name)),
      vi.spyOn(sql ?? {}, "exec"),
    ];
    try {
      await work();
      return spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    } finally {
      for (const spy of spies) {
        spy.mockRestore();
      }
    }
  };
}
