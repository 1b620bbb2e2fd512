import { expect } from "vitest";
import { breakCall, type Fault } from "../../support/break-calls.ts";
import { passSeconds } from "../../support/clock.ts";
import { isLess, isOutcome, isSame, isWithin, type Outcome, said } from "./compare.ts";
import type { Flow, Unavailable } from "./flow.ts";
import { areGood } from "./good-tokens.ts";
import type { Changes } from "./state.ts";
import { ready, type Untouched, which } from "./untouched.ts";

const NOTHING: Changes = { core: [], beside: [] };

interface Injected {
  number: number;
  fault: Fault;
  expected: Unavailable;
}

/**
 * It is as if it had never been asked for, or as if it had been all done, and the same request
 * afterwards is answered so.
 */
export async function whileOneFails(
  flow: Flow,
  untouched: Untouched,
  { number, fault, expected }: Injected,
): Promise<void> {
  const { first, second, once, twice } = untouched;
  const { scene, send, changes } = await ready(flow);

  const answer = await breakCall(number, fault, send);
  const isWhole = isSame(answer, first) || (flow.showsLess !== undefined && isLess(answer, first));
  const after = await changes();
  if (!isWhole) {
    expect(said(answer), which(untouched, number)).toEqual(expected);
    if (answer.status === 503) {
      expect(Number(answer.retryAfter), which(untouched, number)).toBeGreaterThan(0);
    }
  } else if (!flow.refused) {
    expect(await areGood(scene.service, answer.tokens), which(untouched, number)).toBe(true);
  }
  passSeconds(flow.holdsOffSeconds ?? 0);
  const repeated = await send();
  const end = await changes();

  const undone = { after: NOTHING, repeated: first, end: once };
  const done = { after: once, repeated: second, end: twice };
  const resumed = { after: once, repeated: first, end: once };
  const seen = { after, repeated, end };
  const outcomes = isWhole ? [done] : [undone, done, resumed];
  if (flow.leaves && !isWhole) {
    expect([said(first), said(second)], which(untouched, number)).toContainEqual(said(repeated));
    const isBounded = [once, twice].some(({ core }) =>
      isWithin(end.core, core, flow.mostLost ?? 0),
    );
    expect(isBounded, inFull(untouched, number, seen)).toBe(true);
  } else {
    expect(
      outcomes.some((outcome) => isOutcome(seen, outcome)),
      inFull(untouched, number, seen),
    ).toBe(true);
  }
  // What is beside the answer is lost with the call that failed, and nothing else is. A link that was
  // mailed is not beside it.
  const mostMissing = isWhole ? 1 : Number.POSITIVE_INFINITY;
  const links = once.beside.filter((line) => isWhole && line.startsWith("+ key "));
  expect(isWithin(links, after.beside), inFull(untouched, number, seen)).toBe(true);
  expect(isWithin(after.beside, once.beside, mostMissing), inFull(untouched, number, seen)).toBe(
    true,
  );
  expect(isWithin(end.beside, twice.beside), inFull(untouched, number, seen)).toBe(true);
}

/** For whoever reads why it failed. */
function inFull(untouched: Untouched, number: number, { after, repeated, end }: Outcome): string {
  const { first, second, once, twice } = untouched;
  const whole = {
    seen: { after, repeated: said(repeated), end },
    alone: { first: said(first), once, second: said(second), twice },
  };
  return `${which(untouched, number)}\n${JSON.stringify(whole, null, 1)}`;
}
