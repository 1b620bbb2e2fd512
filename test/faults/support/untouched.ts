import { expect } from "vitest";
import { recordCalls } from "../../support/break-calls.ts";
import { passSeconds } from "../../support/clock.ts";
import type { Flow } from "./flow.ts";
import { newScene } from "./scene.ts";
import { type Changes, changesOf, look, type State } from "./state.ts";
import type { Told } from "./told.ts";

/** What a flow does while nothing fails: once, and once more. */
export interface Untouched {
  calls: readonly string[];
  first: Told;
  second: Told;
  once: Changes;
  twice: Changes;
}

export async function leftAlone(flow: Flow): Promise<Untouched> {
  const { send, changes } = await ready(flow);
  const { answer: first, calls } = await recordCalls(send);
  const once = await changes();
  passSeconds(flow.holdsOffSeconds ?? 0);
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

export async function ready(flow: Flow) {
  const scene = await newScene();
  const prepared = await flow.prepare(scene);
  const before: State = await look(scene);
  // Nothing happens at the very moment at which it was got ready, or happened before.
  const send = () => {
    passSeconds(1);
    return prepared();
  };
  const changes = async () => sorted(flow, changesOf(before, await look(scene)));
  return { scene, send, changes };
}

/** What this flow orders after the answer is beside it. */
function sorted({ ordersAfterwards = [], maySendTwice }: Flow, changes: Changes): Changes {
  const { beside } = changes;
  const core = maySendTwice ? [...new Set(changes.core)] : changes.core;
  const isAfterwards = (line: string) =>
    ordersAfterwards.some((kind) => line.startsWith(`order ${kind} `));
  return {
    core: core.filter((line) => !isAfterwards(line)),
    beside: [...beside, ...core.filter(isAfterwards)].sort(),
  };
}

/** Which call it is about, among all of them, for whoever reads why it failed. */
export function which({ calls }: Untouched, number: number): string {
  const marked = calls.map((call, index) => (index === number ? `[${call}]` : call));
  return `${number}: ${marked.join(" ")}`;
}
