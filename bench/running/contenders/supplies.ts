import { setTimeout as wait } from "node:timers/promises";
import type { Contender, Phase, Send } from "../load/contender.ts";
import { ACCOUNTS } from "../people.ts";

type Prepare<Item> = Contender<Item>["prepare"];

/** Sessions that are signed in at once: each connection has some of its own. */
const SESSIONS = 32;

/**
 * What is asked for and again after a pause, such as devices that poll: so many are there at once. No more
 * than are gone through within seconds, by a slow machine that has to wake each: an object sleeps after ten
 * seconds, and none that is polled every five ever does.
 */
const POOL = 2000;
/** Longer than a device has to wait. An object that waits as long is still awake, and no longer hot. */
const PAUSE_MS = 5_500;

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

/** Items that one request uses up. They are made in parts, as often as a phase needs more. */
export function spent<Item>(
  make: (send: Send, number: number) => Promise<Item>,
  counts: Readonly<Record<Phase, number>>,
): Prepare<Item> {
  return (send, _left, phase) => makeAll(send, make, counts[phase]);
}

/**
 * Items that may be asked for again after a pause, the same for all, as a device polls every few
 * seconds. The pool is made once, and gone through before a round: what answers is awake, as it would
 * be. There is no other warm-up. A pool that is used up has paused before it is gone through again.
 */
export function paced<Item>({
  make,
  use,
}: {
  make: (send: Send, number: number) => Promise<Item>;
  use: (send: Send, item: Item) => Promise<void>;
}): Prepare<Item> {
  let pool: Item[] = [];
  let isAwake = false;
  return async (send, _left, phase) => {
    if (phase === "warm-up") {
      isAwake = false;
      return [];
    }
    if (pool.length === 0) {
      pool = await makeAll(send, make, POOL);
    }
    if (!isAwake) {
      await wait(PAUSE_MS);
      await Promise.all(pool.map((item) => use(send, item)));
      isAwake = true;
    }
    await wait(PAUSE_MS);
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
