import { setTimeout as wait } from "node:timers/promises";
import { signIn } from "../running/contenders/latchkey.ts";
import type { Send } from "../running/load/contender.ts";
import type { Entry } from "./result.ts";
import { isTurnedAway } from "./storming-sign-in.ts";

/** Who is not in by then is not counted as in. */
const MOST_TRIES = 10;

/** Everybody wants to sign in at once, and comes back after the time that they are told, until they are in. */
export function enterAll(crowd: readonly Send[]): Promise<Entry[]> {
  const begun = performance.now();
  return Promise.all(crowd.map((send, number) => enter(send, number, begun)));
}

async function enter(send: Send, number: number, begun: number): Promise<Entry> {
  const { ask, read } = signIn();
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const answer = await send(ask(number));
    const seconds = (performance.now() - begun) / 1000;
    if (!isTurnedAway(answer)) {
      read(answer, number);
      return { tries, isIn: true, seconds };
    }
    await wait(Number(answer.headers["retry-after"]) * 1000);
  }
  return { tries: MOST_TRIES, isIn: false, seconds: (performance.now() - begun) / 1000 };
}
