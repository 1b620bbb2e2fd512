import { beforeAll, describe, expect, it } from "vitest";
import { newScene } from "../faults/support/scene.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { watchStatements } from "../support/watch-statements.ts";
import { crowd } from "./crowd.ts";
import { asked, type Prepared } from "./every-flow.ts";

const MANY = 1000;

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

/** What each statement reads that a flow sends, among so many other people. D1 bills by these rows. */
async function readAmong(others: number, { prepare }: Prepared): Promise<string[]> {
  const scene = await newScene();
  const send = await prepare(scene);
  await crowd(others);
  passSeconds(1);
  const { statements } = await watchStatements(send);
  return statements.map(({ sql, rowsRead }) => `${rowsRead}: ${sql}`).sort();
}

describe.each(Object.entries(asked))("%s", (_, flows) => {
  it.each(Object.entries(flows))(
    "reads as much among a thousand people as among two: %s",
    async (_, flow) => {
      stopClock();
      const asFew = await readAmong(1, flow);

      expect(await readAmong(MANY, flow)).toEqual(asFew);
    },
  );
});
