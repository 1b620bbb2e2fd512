import { evictAllDurableObjects as evict } from "cloudflare:test";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { countFigure } from "../support/figures.ts";
import { member } from "../support/members.ts";
import { registered, signedIn } from "../support/people.ts";
import { only, startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { codeIn } from "../surfaces/lnchr/launcher.ts";

beforeAll(registerClients);
beforeEach(stopClock);

/** Does each step with every object gone that the one before left in memory; gives their answers. */
async function evicted(steps: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const step of steps) {
    await evict();
    answers.push(await step());
  }
  return answers;
}

it("DEV-23: a device is approved and gets its tokens once, though its object is evicted between any two steps", async (context) => {
  const service = startService();
  const { accessToken } = await signedIn(service);
  const { deviceCode, userCode } = await startedDevice(service);
  const heard = async () => {
    const { status, body } = await poll(service, deviceCode);
    return body.error?.code ?? status;
  };

  const answers = await evicted([
    heard,
    async () => (await decide(service, accessToken, { userCode })).status,
    async () => (await decide(service, accessToken, { userCode, approve: false })).status,
    heard,
    heard,
  ]);

  expect(answers).toEqual(["authorization_pending", 200, 409, 200, "invalid_grant"]);
  countFigure(context, "faults injected", answers.length);
});

it("THR-01: failures at a password are counted on though their object is evicted after each", async (context) => {
  const service = startService({ PASSWORD_FAILURES_BEFORE_DELAY: "5" });
  const { email, password } = await registered(service);
  const signIn = (typed: string) => async () =>
    (await service.ask("/api/login", { body: { email, password: typed } })).status;

  const answers = await evicted([...Array(5).fill(signIn("wrong")), signIn(password)]);

  expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  countFigure(context, "faults injected", answers.length);
});

it("DEV-08: wrong user codes are counted on though their object is evicted after each", async (context) => {
  const service = startService();
  const { accessToken } = await signedIn(service);
  const { userCode } = await startedDevice(service);
  const enter = (typed: string) => async () =>
    (await decide(service, accessToken, { userCode: typed })).status;

  const answers = await evicted([...Array(5).fill(enter("BBBB-BBBB")), enter(userCode)]);

  expect(answers).toEqual([404, 404, 404, 404, 404, 429]);
  countFigure(context, "faults injected", answers.length);
});

it("a login code signs in once, and its wrong tries count, though its object is evicted between any two steps", async (context) => {
  const service = startPostOffice();
  const { email } = await member(startService());
  await service.ask("/api/v1/auth/send-code", { body: { email } });
  const code = codeIn(only(await service.deliver()));
  const enter = (typed: string) => async () =>
    (await service.ask("/api/v1/auth/verify-code", { body: { email, code: typed } })).status;

  const answers = await evicted([enter("wrong"), enter(code), ...Array(4).fill(enter(code))]);

  expect(answers).toEqual([401, 200, 401, 401, 401, 401]);
  expect(await evicted([enter(code)])).toEqual([429]);
  countFigure(context, "faults injected", answers.length + 1);
});
