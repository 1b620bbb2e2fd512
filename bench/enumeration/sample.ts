import { randomInt } from "node:crypto";
import { styleText } from "node:util";
import { Problem } from "../../scripts/problem.ts";
import type { Entrance } from "./entrances.ts";
import { addressOf, UNKNOWN } from "./people.ts";

/** Milliseconds from the request to the last byte of its answer, by group. */
export type Times = ReadonlyMap<string, readonly number[]>;

const WARM_UP = 10;

/**
 * Asks an entrance for addresses of every group that often, in random order, one at a time; for each
 * address once, since the object that counts it is awake afterwards.
 */
export async function sample(
  url: string,
  entrance: Entrance,
  samples: number,
  stop: AbortSignal,
): Promise<Times> {
  const { groups } = entrance;
  const times = new Map<string, number[]>(groups.map((group) => [group, []]));
  const turns = shuffled(
    Array.from({ length: samples }, (_, turn) => groups.map((group) => ({ group, turn }))).flat(),
  );
  const status = new Set<number>();
  for (let number = 0; number < WARM_UP; number++) {
    await ask(url, entrance, addressOf(UNKNOWN, number), stop);
  }
  for (const [number, { group, turn }] of turns.entries()) {
    showProgress(entrance.name, number + 1, turns.length);
    const answer = await ask(url, entrance, addressOf(group, turn), stop);
    status.add(answer.status);
    times.get(group)?.push(answer.milliseconds);
  }
  // An answer that says to come back later was not asked of the account at all.
  if (status.size !== 1 || status.has(429) || status.has(503)) {
    throw new Problem(
      `${entrance.name} answered ${[...status].join(" and ")}, where all must be alike.`,
      "See what the server said.",
    );
  }
  return times;
}

async function ask(url: string, entrance: Entrance, email: string, stop: AbortSignal) {
  const { path, type, body } = entrance.request(email);
  const init = {
    method: "POST",
    headers: {
      "content-type": type,
      "sec-fetch-site": "same-origin",
      // The fences count by address: each request comes from one of 131,072 that are nobody's.
      "cf-connecting-ip": `198.${18 + randomInt(2)}.${randomInt(256)}.${randomInt(256)}`,
    },
    body,
    redirect: "manual",
    signal: stop,
  } as const;
  const begin = performance.now();
  const response = await fetch(new URL(path, url), init);
  await response.arrayBuffer();
  return { status: response.status, milliseconds: performance.now() - begin };
}

function shuffled<T>(values: T[]): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [values[last], values[other]] = [values[other] as T, values[last] as T];
  }
  return values;
}

function showProgress(name: string, number: number, all: number): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${styleText("dim", `${name}: ${number} of ${all}`)}\u001b[K`);
    number === all && process.stderr.write("\r\u001b[K");
  }
}
