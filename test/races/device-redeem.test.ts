import { beforeAll, expect, it } from "vitest";
import { isSignedIn } from "../support/asking.ts";
import { registerClients } from "../support/clients.ts";
import { decide } from "../support/devices.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import {
  approvedGrant,
  heard,
  heldPoll,
  pollGrant,
  undecidedGrant,
} from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import { AT_ONCE, cycled, race } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import { tally } from "../support/tally.ts";
import { deviceEndpoints, word } from "./device-grants.ts";

beforeAll(registerClients);
beforeAll(registerOAuthClients);

it("DEV-14: an approved device code, of Planasonix and OAuth by turns, gives tokens to one of the polls that come at once, and opens one session", (context) =>
  race(context, {
    async prepare(service, round) {
      const endpoint = cycled(deviceEndpoints, round);
      const { accessToken, person } = await signedIn(service);
      const { userCode, deviceCode } = await endpoint.start(service);
      await decide(service, accessToken, { userCode });
      return {
        poll: endpoint.poll,
        pollElsewhere: cycled(deviceEndpoints, round + 1).poll,
        deviceCode,
        accountId: await accountIdOf(person),
      };
    },

    // Every fifth comes to where the code is none, and spends nothing there.
    request: ({ poll, pollElsewhere, deviceCode }, service, index) =>
      (index % 5 === 0 ? pollElsewhere : poll)(service, deviceCode),

    async judge({ poll, deviceCode, accountId }, answers, service) {
      expect(tally(answers.map(word))).toEqual({ tokens: 1, invalid_grant: AT_ONCE - 1 });
      expect(await countRows("sessions", "account_id = ? AND client_id != ''", accountId)).toBe(1);
      const won = answers.find((answer) => typeof answer !== "string");
      expect(await isSignedIn(service, won?.accessToken ?? "")).toBe(true);
      expect(await poll(service, deviceCode)).toBe("invalid_grant");
    },
  }));

it("DEV-14: an approved grant gives tokens under one idempotency key of those with which polls come at once, and all of that key one answer", (context) =>
  race(context, {
    prepare: (service) => approvedGrant(service),

    async request({ deviceCode }, service, index) {
      const key = `key-${index % 5}`;
      const answer = await pollGrant(service, deviceCode, {}, { "idempotency-key": key });
      return { key, heard: heard(answer), body: JSON.stringify(answer.body) };
    },

    async judge(_, answers) {
      const served = answers.filter(({ heard }) => heard === "tokens");
      const refused = answers.filter(({ heard }) => heard === "400 invalid_grant");
      expect([served.length, refused.length]).toEqual([AT_ONCE / 5, AT_ONCE - AT_ONCE / 5]);
      expect(new Set(served.map(({ key }) => key)).size).toBe(1);
      expect(new Set(served.map(({ body }) => body)).size).toBe(1);
    },
  }));

it("DEV-14: an approved grant gives tokens once, to the poll that is held or to one that comes with the approval", (context) =>
  race(context, {
    async prepare(service) {
      const grant = await undecidedGrant(service);
      return { ...grant, held: await heldPoll(service, grant.deviceCode) };
    },

    async request({ decide, deviceCode, held }, service, index) {
      if (index === 0) {
        return (await decide()).status === 200 ? "approved" : "not approved";
      }
      return heard(await (index === 1 ? held.answer : pollGrant(service, deviceCode)));
    },

    async judge(_, answers) {
      const { approved, tokens, ...refused } = tally(answers);
      expect({ approved, tokens }).toEqual({ approved: 1, tokens: 1 });
      // Whoever came before the approval came too fast, or waits no longer once another poll came.
      const possible = ["400 authorization_pending", "400 invalid_grant", "400 slow_down"];
      expect(possible).toEqual(expect.arrayContaining(Object.keys(refused)));
    },
  }));
