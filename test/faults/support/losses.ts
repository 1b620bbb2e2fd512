import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { breakCall } from "../../support/break-calls.ts";
import { said } from "./compare.ts";
import type { Flow } from "./flow.ts";
import { newScene } from "./scene.ts";
import { changesOf, look, type State } from "./state.ts";
import { ready, type Untouched, which } from "./untouched.ts";

/** What whoever asks for a change may lose while it is under way, and how that looks where it happened. */
export interface Loss {
  happens(): Promise<void>;
  shows: RegExp;
}

/** Every session ends. */
export const ITS_SESSION: Loss = {
  async happens() {
    const statement = "UPDATE sessions SET revoked_at = ? WHERE revoked_at IS NULL";
    await env.DB.prepare(statement).bind(Date.now()).run();
  },
  shows: /^~ sessions revoked_at: /,
};

const ARE_IN = "SELECT account_id FROM sessions WHERE revoked_at IS NULL";

/** Nobody who is signed in is more than a user. */
export const ITS_ROLE: Loss = {
  async happens() {
    await env.DB.prepare(`UPDATE accounts SET role = 'user' WHERE id IN (${ARE_IN})`).run();
  },
  shows: /^~ accounts role: /,
};

/** Everybody who is signed in has to change their password first. */
export const ITS_PASSWORD: Loss = {
  async happens() {
    await env.DB.prepare(
      `UPDATE accounts SET must_reset_password = 1 WHERE id IN (${ARE_IN})`,
    ).run();
  },
  shows: /^~ accounts must_reset_password: /,
};

/**
 * It is lost once a call is done. What was not changed until then is not changed any more, and whoever asks is
 * told what they would be who come without it; what was changed is told as ever.
 */
export async function whileItLoses(
  loss: Loss,
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
      await loss.happens();
      atTheEnd = await look(scene);
      // What goes on beside the answer does not wait for this.
      wasChanged = isChanged(before, justBefore) || isChanged(before, atTheEnd, loss.shows);
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
  const mayBe = [await toldAfter(loss, flow), ...(changesNothing ? [untouched.first] : [])];
  expect(mayBe.map(said), seen).toContainEqual(said(answer));
}

/** Whatever it is: an event that is written down may be what decides. */
function isChanged(before: State, after: State, butBy = /^$/): boolean {
  const { core, beside } = changesOf(before, after);
  return [...core, ...beside].some((line) => !butBy.test(line));
}

/** What a request is told that comes without it. */
async function toldAfter(loss: Loss, flow: Flow) {
  const send = await flow.prepare(await newScene());
  await loss.happens();
  return send();
}
