import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import type { Counts } from "./worker/counts.ts";

export interface Measured {
  id: string;
  name: string;
  counts: Counts;
  /** Of the whole process, beyond what passing requests on takes; null where nobody says. */
  cpuMilliseconds: number | null;
  /** Rows that it leaves in tables, until the clock removes them; null where nobody looked. */
  leaves: Left | null;
  /** Whether every time counted the same. */
  isSteady: boolean;
}

export interface Left {
  accounts: number;
  sessions: number;
  auditEvents: number;
}

/** How often a flow is counted, and how often it is repeated to see what it computes. */
export interface Effort {
  counted: number;
  repeated: number;
  /** Where getting ready takes hashes. */
  repeatedDear: number;
  /** Whether to look into Latchkey's tables for what a flow leaves there. */
  hasLatchkeysTables: boolean;
}

/** Counts a flow a few times, then repeats it to see what it computes. */
export async function measure(
  service: CountedService,
  flow: Flow,
  effort: Effort,
  idleMilliseconds: number | null,
): Promise<Measured> {
  const all: Counts[] = [];
  // An isolate that is in use knows its clients and keys.
  await (await flow.prepare())();
  for (let time = 0; time < effort.counted; time += 1) {
    const act = await flow.prepare();
    await service.counts();
    await act();
    all.push(await service.counts());
  }
  const leaves = effort.hasLatchkeysTables ? await leftBy(service, flow) : null;
  const repeated = flow.isDear ? effort.repeatedDear : effort.repeated;
  const cpu = await compute(service, flow, repeated);
  const usual = middle(all);
  return {
    id: flow.id,
    name: flow.name,
    counts: usual,
    cpuMilliseconds:
      cpu === null || idleMilliseconds === null
        ? null
        : Math.max(0, cpu.milliseconds - idleMilliseconds * cpu.asked),
    leaves,
    isSteady: all.every((counts) => isSame(counts, usual)),
  };
}

/** Milliseconds that the process computes for one time, and the HTTP requests that it is sent for it. */
async function compute(
  service: CountedService,
  flow: Flow,
  times: number,
): Promise<{ milliseconds: number; asked: number } | null> {
  const acts: (() => Promise<unknown>)[] = [];
  for (let time = 0; time < times; time += 1) {
    acts.push(await flow.prepare());
  }
  await service.counts();
  const askedBefore = service.asked;
  const before = service.cpuMilliseconds;
  if (flow.isWaiting) {
    await Promise.all(acts.map((act) => act()));
  } else {
    for (const act of acts) {
      await act();
    }
  }
  const asked = (service.asked - askedBefore) / times;
  await service.counts();
  const after = service.cpuMilliseconds;
  return before === null || after === null
    ? null
    : { milliseconds: (after - before) / times, asked };
}

/** What a request computes that nobody answers but the counting. */
export async function measureIdle(service: CountedService, times: number): Promise<number | null> {
  const flow = { id: "", name: "", prepare: async () => () => service.order("nothing") };
  await compute(service, flow, times);
  return (await compute(service, flow, times))?.milliseconds ?? null;
}

/** Not the most: once a minute somebody's request has a client or tenant looked up again for all. */
function middle(all: readonly Counts[]): Counts {
  const names = Object.keys(all[0] ?? {}) as (keyof Counts)[];
  return Object.fromEntries(
    names.map((name) => {
      const sorted = all.map((counts) => counts[name]).sort((one, other) => one - other);
      return [name, sorted[Math.floor(sorted.length / 2)]];
    }),
  ) as unknown as Counts;
}

/** Time apart, which is never the same. */
function isSame(one: Counts, other: Counts): boolean {
  const calls = ({ objectMilliseconds: _, ...rest }: Counts) => JSON.stringify(rest);
  return calls(one) === calls(other);
}

async function leftBy(service: CountedService, flow: Flow): Promise<Left> {
  const act = await flow.prepare();
  await service.counts();
  const before = await rowsIn(service);
  await act();
  await service.counts();
  const after = await rowsIn(service);
  return {
    accounts: after.accounts - before.accounts,
    sessions: after.sessions - before.sessions,
    auditEvents: after.auditEvents - before.auditEvents,
  };
}

const NOTHING_LEFT: Left = { accounts: 0, sessions: 0, auditEvents: 0 };

async function rowsIn(service: CountedService): Promise<Left> {
  const sql = `SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM sessions) AS sessions,
    (SELECT count(*) FROM audit_events) AS auditEvents`;
  const { results } = await service.order<{ results: Left[] }>("sql", { sql });
  return results[0] ?? NOTHING_LEFT;
}
