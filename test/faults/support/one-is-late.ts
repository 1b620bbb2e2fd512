import { expect } from "vitest";
import { delayCall } from "../../support/break-calls.ts";
import { isEqual, isSame, isWithin, said } from "./compare.ts";
import type { Flow } from "./flow.ts";
import { areGood } from "./good-tokens.ts";
import type { Told } from "./told.ts";
import { ready, type Untouched, which } from "./untouched.ts";

/**
 * Both are done or, of what can be done once, one: the other is told what a second one is, or what the
 * flow says of it. What is stored says the same, and what is handed out is good. No error is an answer.
 */
export async function whileOneIsLate(
  flow: Flow,
  untouched: Untouched,
  number: number,
): Promise<void> {
  const { first, second, once, twice } = untouched;
  const { scene, send, changes } = await ready(flow);

  const answers = await delayCall(number, send, send);
  const end = await changes();

  const canBeBoth = second.status === first.status;
  const seen = `${which(untouched, number)}\n${JSON.stringify({ heard: answers.map(said), end, once, twice }, null, 1)}`;
  const isDone = (answer: Told) => isSame(answer, first) || (canBeBoth && isSame(answer, second));
  const beaten = answers.filter((answer) => !isDone(answer));
  const mayBeBeaten = canBeBoth ? [0, ...(flow.beaten ? [1] : [])] : [1];
  expect(mayBeBeaten, seen).toContain(beaten.length);
  expect(
    beaten.every((loser) => isBeaten(flow, second, loser)),
    seen,
  ).toBe(true);
  const isOne = beaten.length === 1 || flow.holdsOffSeconds !== undefined;
  const isOfOne = isOne && isEqual(end.core, once.core);
  expect(isOfOne || isEqual(end.core, twice.core), seen).toBe(true);
  expect(isWithin(once.beside, end.beside), seen).toBe(true);
  expect(isWithin(end.beside.filter(isOfSuccess), twice.beside), seen).toBe(true);
  // A second use that is noticed may take back what the first was given; so may a second session.
  if (canBeBoth || isEqual(once.core, twice.core)) {
    const done = answers.filter(isDone).map(({ tokens }) => areGood(scene.service, tokens));
    expect(await Promise.all(done), seen).toContain(true);
  }
}

function isBeaten({ beaten }: Flow, second: Told, { status, says }: Told): boolean {
  const isTold = status === beaten?.status && JSON.stringify(says).includes(beaten.saying);
  return isTold || isEqual({ status, says }, said(second));
}

/** That somebody was refused is written down too. */
function isOfSuccess(line: string): boolean {
  return !/ event: [\w-]+-refused,/.test(line);
}
