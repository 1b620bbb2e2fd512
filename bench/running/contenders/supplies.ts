import { setTimeout as wait } from "node:timers/promises";
import type { Contender, Phase, Send } from "../load/contender.ts";
import { ACCOUNTS } from "../people.ts";

type Prepare<Item> = Contender<Item>["prepare"];

/** Sessions that are signed in at once: each connection has some of its own. */
const SESSIONS = 32;

/** What is asked once in a phase, and again after a pause: so many of them answer in a second or so. */
const POOL = 2000;

/** For requests that need nothing of their own: the items are numbers. */
export function endless(): Prepare<number> {
  return async (_send, left) => (left.length > 0 ? left : numbers(ACCOUNTS));
}

/** Items, made once, that each answer gives back for another request. */
export function lasting<Item>(
  make: (send: Send, number: number) => Promise<Item>,
  count = SESSIONS,
): Prepare<Item> {
  return async (send, left) => (left.length > 0 ? left : makeAll(send, make, count));
}

/** Items that one request uses up: enough of them are made for each phase. */
export function spent<Item>(
  make: (send: Send, number: number) => Promise<Item>,
  counts: Readonly<Record<Phase, number>>,
): Prepare<Item> {
  return (send, _left, phase) => makeAll(send, make, counts[phase]);
}

/**
 * Items that may be asked for again after a pause, as a device polls every few seconds. The pool is
 * made once, and gone through once before each phase: what answers is awake, as it would be. There is
 * no other warm-up.
 */
export function paced<Item>({
  make,
  use,
  pauseMs,
}: {
  make: (send: Send, number: number) => Promise<Item>;
  use: (send: Send, item: Item) => Promise<void>;
  pauseMs: number;
}): Prepare<Item> {
  let pool: Item[] = [];
  let readyAt = 0;
  return async (send, _left, phase) => {
    if (phase === "warm-up") {
      return [];
    }
    if (pool.length === 0) {
      pool = await makeAll(send, make, POOL);
    }
    await wait(Math.max(0, readyAt - performance.now()));
    await Promise.all(pool.map((item) => use(send, item)));
    await wait(pauseMs);
    // What is measured is over well before one pause, and then another has to pass.
    readyAt = performance.now() + 2 * pauseMs;
    return [...pool];
  };
}

function makeAll<Item>(
  send: Send,
  make: (send: Send, number: number) => Promise<Item>,
  count: number,
): Promise<Item[]> {
  return Promise.all(numbers(count).map((number) => make(send, number)));
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
