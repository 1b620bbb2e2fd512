import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { breakCall } from "../../support/break-calls.ts";
import { said } from "./compare.ts";
import type { Flow } from "./flow.ts";
import { newScene } from "./scene.ts";
import { changesOf, look, type State } from "./state.ts";
import { ready, type Untouched, which } from "./untouched.ts";

/**
 * Every session ends once a call is done. What was not changed until then is not changed any more, and whoever
 * asks is told what everybody is whose session has ended; what was changed is told as ever.
 */
export async function whileItsSessionEnds(
  flow: Flow,
  untouched: Untouched,
  number: number,
): Promise<void> {
  const { scene, send } = await ready(flow);
  const before = await look(scene);
  let [wasChanged, atTheEnd] = [false, before];

  const answer = await breakCall(
    number,
    async (call) => {
      const result = await call();
      const justBefore = await look(scene);
      await endSessions();
      atTheEnd = await look(scene);
      // What goes on beside the answer does not wait for this.
      wasChanged = isChanged(before, justBefore) || isChanged(before, atTheEnd, ENDED);
      return result;
    },
    send,
  );

  const seen = which(untouched, number);
  if (wasChanged) {
    expect(said(answer), seen).toEqual(said(untouched.first));
    return;
  }
  const { core } = changesOf(atTheEnd, await look(scene));
  expect(core, seen).toEqual([]);
  const changesNothing = untouched.once.core.length === 0;
  const mayBe = [await toldAfterIts(flow), ...(changesNothing ? [untouched.first] : [])];
  expect(mayBe.map(said), seen).toContainEqual(said(answer));
}

const ENDED = /^~ sessions revoked_at: /;

/** Whatever it is: an event that is written down may be what decides. */
function isChanged(before: State, after: State, butBy = /^$/): boolean {
  const { core, beside } = changesOf(before, after);
  return [...core, ...beside].some((line) => !butBy.test(line));
}

/** What a request is told whose session has ended before. */
async function toldAfterIts(flow: Flow) {
  const send = await flow.prepare(await newScene());
  await endSessions();
  return send();
}

async function endSessions(): Promise<void> {
  const statement = "UPDATE sessions SET revoked_at = ? WHERE revoked_at IS NULL";
  await env.DB.prepare(statement).bind(Date.now()).run();
}
