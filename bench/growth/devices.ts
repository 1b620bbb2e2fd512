import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { getWithBearer, postForm, postJson, textIn } from "../running/contenders/json.ts";
import { type Answer, type Ask, expectAnswer, type Send } from "../running/load/contender.ts";
import { emailOf, PASSWORD } from "../running/people.ts";
import { memoryOf } from "../running/process-memory.ts";
import type { DeviceResult } from "./result.ts";
import { rounded, timesOf } from "./rounded.ts";
import type { Growing } from "./start.ts";

/** What the step is called in which all poll once. */
export const POLL = "poll";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
/** As long as a device waits before it polls. */
const INTERVAL_MS = 5_500;
/** One in so many is approved, each by somebody else. */
const APPROVED_OF = 10;

type Step = DeviceResult["steps"][number];

interface Grant {
  code: string;
  userCode: string;
}

/**
 * Has so many devices wait at once: all are started, wait and poll, some are approved by people and get
 * their tokens, and the others still wait.
 */
export async function measureDevices(
  { connections: { all }, pid, send }: Growing,
  count: number,
  accounts: number,
): Promise<DeviceResult> {
  const steps: Step[] = [];
  const run = async <Item, T>(
    name: string,
    items: readonly Item[],
    work: (send: Send, item: Item) => Promise<T>,
  ): Promise<T[]> => {
    const { step, answers } = await timed(name, all, items, work);
    steps.push(step);
    return answers;
  };
  const memory = memoryOf(pid);
  const grants = await run("start", [...Array(count).keys()], start);
  const grown = memoryOf(pid);
  await wait(INTERVAL_MS);
  await run(POLL, grants, poll(400, "authorization_pending"));

  const chosen = grants.filter((_, number) => number % APPROVED_OF === 0);
  const bearers = await signedIn(send, Math.min(chosen.length, accounts));
  await run("approve", [...chosen.entries()], (own, [number, { userCode }]) =>
    approve(own, bearers[number % bearers.length] as string, userCode),
  );
  const tokens = await run("fetch tokens", chosen, async (own, grant) =>
    textIn((await poll(200, "access_token")(own, grant)).body, "access_token"),
  );
  for (const token of tokens.slice(0, APPROVED_OF)) {
    expectAnswer(await send(getWithBearer("/oauth/userinfo", token)), 200, '"sub"');
  }
  await wait(INTERVAL_MS);
  const waiting = grants.filter((_, number) => number % APPROVED_OF !== 0);
  await run("poll of those left", waiting, poll(400, "authorization_pending"));
  const grownBytes = memory === null || grown === null ? null : grown - memory;
  return { grants: count, steps, grownBytes };
}

async function start(send: Send): Promise<Grant> {
  const answer = await send(postForm("/oauth/device_authorization", { client_id: "tv" }));
  expectAnswer(answer, 200, '"device_code"');
  return { code: textIn(answer.body, "device_code"), userCode: textIn(answer.body, "user_code") };
}

function poll(status: number, words: string) {
  return async (send: Send, { code: device_code }: Grant): Promise<Answer> => {
    const fields = { grant_type: GRANT, device_code, client_id: "tv" };
    const answer = await send(postForm("/oauth/token", fields));
    expectAnswer(answer, status, words);
    return answer;
  };
}

async function approve(send: Send, bearer: string, userCode: string): Promise<void> {
  const headers = { authorization: `Bearer ${bearer}` };
  const ask: Ask = postJson("/api/v2/auth/device/authorize", { userCode }, headers);
  expectAnswer(await send(ask), 200, "");
}

async function signedIn(send: Send, count: number): Promise<string[]> {
  const bearers: string[] = [];
  for (let number = 0; number < count; number++) {
    const credentials = { email: emailOf(number), password: PASSWORD };
    bearers.push(textIn((await send(postJson("/api/login", credentials))).body, "accessToken"));
  }
  return bearers;
}

/** Does something with each item, over all connections at once. */
async function timed<Item, T>(
  name: string,
  connections: readonly Send[],
  items: readonly Item[],
  work: (send: Send, item: Item) => Promise<T>,
): Promise<{ step: Step; answers: T[] }> {
  const answers: T[] = [];
  const times: number[] = [];
  const left = items.entries();
  const begun = performance.now();
  await Promise.all(
    connections.map(async (send) => {
      for (const [number, item] of left) {
        const sent = performance.now();
        answers[number] = await work(send, item);
        times.push(performance.now() - sent);
      }
    }),
  );
  const perSecond = rounded((items.length / (performance.now() - begun)) * 1000);
  return { step: { name, count: items.length, perSecond, ...timesOf(times) }, answers };
}
