import { describe, expect, it } from "vitest";
import {
  breakCall,
  delayCall,
  type Fault,
  losesAnswer,
  recordCalls,
  refuses,
} from "../../support/break-calls.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { countFigure } from "../../support/figures.ts";
import { logLines } from "../../support/log-lines.ts";
import { areGood } from "./good-tokens.ts";
import { newScene, type Scene } from "./scene.ts";
import { type Changes, changesOf, look, type State } from "./state.ts";
import type { Told } from "./told.ts";

export type Send = () => Promise<Told>;

/** A request, or whatever else the service is asked to do. */
export interface Flow {
  /** Gets everything ready, so that sending it is the only thing left. Sending it again is the same request. */
  prepare(scene: Scene): Promise<Send>;
  /** What it is answered, where that is no success. */
  refused?: number;
  /** What it is answered when it is sent once more after a success; the same where this is left out. */
  again?: number | string;
  /** What an outage between two writes may leave, and why nobody is harmed by it. */
  leaves?: string;
  /** What a page does without in an outage, and why it is shown all the same. */
  showsLess?: string;
  /** Mails of these kinds are ordered after the answer: without them it is no less true. */
  mailsAfterwards?: readonly string[];
  /** Its mails are ordered once more where nobody knows whether they were: they may come twice. */
  mayMailTwice?: true;
  /** It asks no store. */
  asksNothing?: true;
  /** What it is answered in an outage, where that is not what its group is. */
  unavailable?: Unavailable;
}

export type Flows = Readonly<Record<string, Flow>>;
export type Unavailable = Pick<Told, "status" | "says">;

const NOTHING: Changes = { core: [], beside: [] };

/** What a flow does while nothing fails: once, and once more. */
interface Untouched {
  calls: readonly string[];
  first: Told;
  second: Told;
  once: Changes;
  twice: Changes;
}

/**
 * Has every call that each flow makes go wrong in turn. The flow must then be as if it had never been
 * asked for, or as if it had been all done: the answer is the one it has when nothing fails or a 503
 * with a time to come back, what is stored is all or nothing, and the same request afterwards is
 * answered as the first, or as the second after a first.
 */
export function survives(flows: Flows, unavailable: Unavailable): void {
  describe.each(Object.entries(flows))("%s", (_, flow) => {
    const expected = flow.unavailable ?? unavailable;

    it.for([
      ["refuses", refuses],
      ["is done and its answer is lost", losesAnswer],
    ] as const)(
      "REL-02: when a call %s, it is whole or 503, and can be repeated",
      async ([, fault], context) => {
        stopClock();
        logLines();
        const untouched = await leftAlone(flow);
        for (const number of untouched.calls.keys()) {
          await whileOneFails(flow, untouched, { number, fault, expected });
        }
        countFigure(context, "faults injected", untouched.calls.length);
      },
    );

    it("REL-02: when a call comes late, and the same request meanwhile, it is all of one or both", async (context) => {
      stopClock();
      logLines();
      const untouched = await leftAlone(flow);
      for (const number of untouched.calls.keys()) {
        await whileOneIsLate(flow, untouched, number);
      }
      countFigure(context, "faults injected", untouched.calls.length);
    });
  });
}

async function leftAlone(flow: Flow): Promise<Untouched> {
  const { send, changes } = await ready(flow);
  const { answer: first, calls } = await recordCalls(send);
  const once = await changes();
  const second = await send();
  const twice = await changes();

  expect(first.status, "the untouched answer").toSatisfy(
    flow.refused ? (status) => status === flow.refused : isSuccess,
  );
  expect(second.status, "the answer to the same once more").toBe(flow.again ?? first.status);
  expect(calls.length === 0, "whether it asks a store").toBe(flow.asksNothing ?? false);
  return { calls, first, second, once, twice };
}

function isSuccess(status: number | string): boolean {
  return typeof status === "string" || status < 400;
}

async function ready(flow: Flow) {
  const scene = await newScene();
  const prepared = await flow.prepare(scene);
  const before: State = await look(scene.service);
  // Nothing happens at the very moment at which it was got ready, or happened before.
  const send = () => {
    passSeconds(1);
    return prepared();
  };
  const changes = async () => sorted(flow, changesOf(before, await look(scene.service)));
  return { scene, send, changes };
}

/** Mails that this flow orders after the answer are beside it. */
function sorted({ mailsAfterwards = [], mayMailTwice }: Flow, changes: Changes): Changes {
  const { beside } = changes;
  const core = mayMailTwice ? [...new Set(changes.core)] : changes.core;
  const isAfterwards = (line: string) =>
    mailsAfterwards.some((kind) => line.startsWith(`order ${kind} `));
  return {
    core: core.filter((line) => !isAfterwards(line)),
    beside: [...beside, ...core.filter(isAfterwards)].sort(),
  };
}

interface Injected {
  number: number;
  fault: Fault;
  expected: Unavailable;
}

async function whileOneFails(
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
  const repeated = await send();
  const end = await changes();

  const undone = { after: NOTHING, repeated: first, end: once };
  const done = { after: once, repeated: second, end: twice };
  const resumed = { after: once, repeated: first, end: once };
  const seen = { after, repeated, end };
  const outcomes = isWhole ? [done] : [undone, done, resumed];
  if (flow.leaves && !isWhole) {
    expect([said(first), said(second)], which(untouched, number)).toContainEqual(said(repeated));
    const isBounded = isWithin(end.core, once.core) || isWithin(end.core, twice.core);
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

/** Both are done or, of what can be done once, one: the other is refused. What is stored says the same. */
async function whileOneIsLate(flow: Flow, untouched: Untouched, number: number): Promise<void> {
  const { first, second, once, twice } = untouched;
  const { send, changes } = await ready(flow);

  const answers = await delayCall(number, send, send);
  const end = await changes();

  const heard = answers.map(({ status }) => status);
  const areDone = heard.filter((status) => status === first.status).length;
  const canBeBoth = second.status === first.status;
  const states = areDone === 2 ? [twice] : [once, twice];
  expect(
    areDone === 1 || (areDone === 2 && canBeBoth),
    `${which(untouched, number)}: answered ${heard.join(" and ")}`,
  ).toBe(true);
  expect(
    states.some(({ core }) => isEqual(core, end.core)) &&
      isWithin(once.beside, end.beside) &&
      isWithin(end.beside.filter(isDone), twice.beside),
    `${which(untouched, number)}\n${JSON.stringify({ heard, end, once, twice }, null, 1)}`,
  ).toBe(true);
}

/** That somebody was refused is written down too. */
function isDone(line: string): boolean {
  return !/ event: [\w-]+-refused,/.test(line);
}

interface Outcome {
  after: Changes;
  repeated: Told;
  end: Changes;
}

function isOutcome(seen: Outcome, outcome: Outcome): boolean {
  return (
    isEqual(seen.after.core, outcome.after.core) &&
    isEqual(seen.end.core, outcome.end.core) &&
    isSame(seen.repeated, outcome.repeated)
  );
}

function which({ calls }: Untouched, number: number): string {
  const marked = calls.map((call, index) => (index === number ? `[${call}]` : call));
  return `${number}: ${marked.join(" ")}`;
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

function said({ status, says }: Told): Pick<Told, "status" | "says"> {
  return { status, says };
}

function isSame(one: Told, other: Told): boolean {
  return isEqual(said(one), said(other));
}

/** The same page, some of whose lines are missing or shorter. */
function isLess(one: Told, other: Told): boolean {
  const [{ lines: some = [], ...page }, { lines: all = [], ...whole }] = [one, other].map(
    ({ says }) => says as { lines?: string[] },
  ) as [{ lines?: string[] }, { lines?: string[] }];
  const isThere = (line: string) => all.some((there) => there.startsWith(line));
  return one.status === other.status && isEqual(page, whole) && some.every(isThere);
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether every line is among the others, as often as it is there, and no more than so many are missing. */
function isWithin(
  lines: readonly string[],
  others: readonly string[],
  mostMissing = Number.POSITIVE_INFINITY,
): boolean {
  const left = [...others];
  for (const line of lines) {
    const found = left.indexOf(line);
    if (found < 0) {
      return false;
    }
    left.splice(found, 1);
  }
  return left.length <= mostMissing;
}
