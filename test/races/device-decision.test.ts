import { beforeAll, expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { decide } from "../support/devices.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered, signedIn } from "../support/people.ts";
import { AT_ONCE, cycled, race } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { deviceEndpoints, word } from "./device-grants.ts";

beforeAll(registerClients);
beforeAll(registerOAuthClients);

interface Decider {
  accountId: string;
  /** The status of an answer. */
  say(service: TestService, userCode: string, approve: boolean): Promise<number>;
}

/** Somebody new who decides by a call. */
async function caller(service: TestService): Promise<Decider> {
  const { accessToken, person } = await signedIn(service);
  return {
    accountId: await accountIdOf(person),
    async say(isolate, userCode, approve) {
      return (await decide(isolate, accessToken, { userCode, approve })).status;
    },
  };
}

/** Somebody new who has the page with both buttons open. */
async function reader(service: TestService, userCode: string): Promise<Decider> {
  const person = await registered(service);
  const browser = new Browser(service);
  await browser.signIn(person);
  const { form } = await browser.open(`/device?user_code=${userCode}`);
  return {
    accountId: await accountIdOf(person),
    async say(isolate, _, approve) {
      const decision = approve ? "approve" : "deny";
      return (await browser.copy(isolate).submit(form("/device"), { decision })).status;
    },
  };
}

it("DEV-20: a pending device grant, of Planasonix and OAuth by turns, is decided by one of the words that come at once from several people, and the device hears that one", (context) =>
  race(context, {
    async prepare(service, round) {
      const { start, poll } = cycled(deviceEndpoints, round);
      const { userCode, deviceCode } = await start(service);
      const deciders = [
        await caller(service),
        await reader(service, userCode),
        await caller(service),
        await reader(service, userCode),
      ];
      return { poll, userCode, deviceCode, deciders };
    },

    async request({ userCode, deciders }, service, index) {
      const approve = index % 3 === 0;
      const { accountId, say } = cycled(deciders, index);
      return { accountId, approve, status: await say(service, userCode, approve) };
    },

    async judge({ poll, userCode, deviceCode, deciders }, answers, service) {
      expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 409: AT_ONCE - 1 });
      const counted = answers.find(({ status }) => status === 200);
      expect(word(await poll(service, deviceCode))).toBe(
        counted?.approve ? "tokens" : "access_denied",
      );
      for (const { accountId } of deciders) {
        const opened = await countRows("sessions", "account_id = ? AND client_id != ''", accountId);
        expect(opened).toBe(counted?.approve && accountId === counted.accountId ? 1 : 0);
      }
      const other = deciders.find(({ accountId }) => accountId !== counted?.accountId);
      expect(await other?.say(service, userCode, !counted?.approve)).toBe(409);
    },
  }));
