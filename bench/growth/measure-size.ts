import { performance } from "node:perf_hooks";
import { emailOf } from "../running/people.ts";
import { type Flow, flows } from "./flows.ts";
import type { Timed } from "./result.ts";
import { rounded, timesOf } from "./rounded.ts";
import { forgetSessions, leaveExpired } from "./rows.ts";
import type { Growing } from "./start.ts";

/** Rounds of the clean-up that are measured. */
const ROUNDS = 5;
/** Sessions that are left behind for each round: more than its queries are enough for. */
const LEFT_BEHIND = 30_000;

/** Asks for everything, one request after another, for accounts from all over the table. */
export async function measureSize(
  growing: Growing,
  accounts: number,
  requests: number,
): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (const flow of flows) {
    timed.push(await measureFlow(growing, flow, spread(accounts, requests)));
  }
  timed.push(await measureCleanUp(growing));
  return timed;
}

/** Numbers of accounts, far from one another where there are enough. */
function spread(accounts: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((index * accounts) / count));
}

/** Each request is the first thing that its account does: where there is one account alone, too. */
async function measureFlow(
  { database, send, rows }: Growing,
  { name, prepare, check }: Flow,
  accounts: readonly number[],
): Promise<Timed> {
  const forget = database.prepare(forgetSessions);
  const times: number[] = [];
  const spent = { read: 0, written: 0 };
  for (const account of accounts) {
    const ask = await prepare(send, account);
    const before = await rows();
    const begun = performance.now();
    const answer = await send(ask);
    times.push(performance.now() - begun);
    const after = await rows();
    check(answer);
    spent.read += after.read - before.read;
    spent.written += after.written - before.written;
    await forget.bind(emailOf(account)).run();
  }
  return {
    name,
    ...timesOf(times),
    rowsRead: rounded(spent.read / times.length),
    rowsWritten: rounded(spent.written / times.length),
  };
}

/** Every round has the same to do, whatever is around it. */
async function measureCleanUp({ database, cleanUp, rows }: Growing): Promise<Timed> {
  const times: number[] = [];
  const spent = { read: 0, written: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    await database.batch(leaveExpired(LEFT_BEHIND).map((statement) => database.prepare(statement)));
    const before = await rows();
    const begun = performance.now();
    await cleanUp();
    times.push(performance.now() - begun);
    const after = await rows();
    spent.read += after.read - before.read;
    spent.written += after.written - before.written;
  }
  return {
    name: "an hour's clean-up",
    medianMs: timesOf(times).medianMs,
    p99Ms: null,
    longestMs: rounded(Math.max(...times)),
    rowsRead: rounded(spent.read / ROUNDS),
    rowsWritten: rounded(spent.written / ROUNDS),
  };
}
