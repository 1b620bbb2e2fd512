import { beforeAll, expect, it } from "vitest";
import { no } from "../conformance/driver.ts";
import { isSignedIn } from "../support/asking.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { cycled, race } from "../support/race.ts";
import { refreshEndpoints, traded } from "./refresh-tokens.ts";

beforeAll(registerOAuthClients);

const REFUSED = no("refresh_token_invalid");

it("REF-04: a refresh token, of every contract that has them and OAuth by turns, leads all who bring it at once to one living successor, and whoever uses that stays signed in", (context) =>
  race(context, {
    async prepare(service, round) {
      const { begin, trade } = cycled(refreshEndpoints, round);
      const elsewhere = refreshEndpoints.filter((other) => other.trade !== trade);
      return { refreshToken: await begin(service), trade, elsewhere };
    },

    // Every fifth brings it to where it is none, which spends and ends nothing.
    async request({ refreshToken, trade, elsewhere }, service, index) {
      const isElsewhere = index % 5 === 0;
      const asked = isElsewhere ? cycled(elsewhere, index / 5).trade : trade;
      return { isElsewhere, said: await asked(service, refreshToken) };
    },

    async judge({ refreshToken: first, trade }, answers, service) {
      const refused = answers.filter(({ isElsewhere }) => isElsewhere);
      const answered = answers.filter(({ isElsewhere }) => !isElsewhere);
      expect(refused.map(({ said }) => said)).toEqual(Array(refused.length).fill(REFUSED));
      const successors = answered.map(({ said }) => said.yes && said.refreshToken);
      expect(new Set(successors).size).toBe(1);
      const [successor] = successors;

      const next = await traded(trade(service, successor || ""));
      expect(await isSignedIn(service, next.accessToken)).toBe(true);
      // From here on it is the one before the one before.
      expect(await trade(service, first)).toEqual(REFUSED);
      expect(await trade(service, next.refreshToken)).toEqual(REFUSED);
      expect(await isSignedIn(service, next.accessToken)).toBe(false);
    },
  }));

it("REF-02: a refresh token, of every contract that has them and OAuth by turns, ends its session where an older one comes at once with it, and nobody keeps what they got", (context) =>
  race(context, {
    async prepare(service, round) {
      const { begin, trade } = cycled(refreshEndpoints, round);
      const stolen = await begin(service);
      const second = await traded(trade(service, stolen));
      const { refreshToken: honest } = await traded(trade(service, second.refreshToken));
      return { stolen, honest, trade };
    },

    async request({ stolen, honest, trade }, service, index) {
      const isThief = index % 2 === 0;
      return { isThief, said: await trade(service, isThief ? stolen : honest) };
    },

    async judge({ honest, trade }, answers, service) {
      const thieves = answers.filter(({ isThief }) => isThief);
      expect(thieves.map(({ said }) => said)).toEqual(Array(thieves.length).fill(REFUSED));
      expect(await trade(service, honest)).toEqual(REFUSED);
      for (const { said } of answers) {
        expect(said.yes && (await isSignedIn(service, said.accessToken))).toBe(false);
      }
    },
  }));
