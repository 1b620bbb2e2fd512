import { expect, it } from "vitest";
import { given } from "../conformance/driver.ts";
import { credebl } from "../conformance/drivers/credebl.ts";
import { isSignedIn } from "../support/asking.ts";
import { provedMember } from "../support/members.ts";
import type { Person } from "../support/people.ts";
import { AT_ONCE, cycled, race } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

it("sign-ins of one account that come at once leave no more sessions alive than its cap, at any moment: CREDEBL's ten, and Pionne's one for each type of client", (context) =>
  race(context, {
    async prepare(service, round) {
      const person = await provedMember(service);
      return { ...cycled(contracts, round), person, accountId: await accountIdOf(person) };
    },

    async request({ contract, signIn, person, accountId }, service, index) {
      const accessToken = await signIn(service, person, index);
      return { accessToken, living: await living(accountId, contract) };
    },

    async judge({ cap, contract, accountId }, answers, service) {
      expect(Math.max(...answers.map(({ living }) => living))).toBeLessThanOrEqual(cap);
      expect(await living(accountId, contract)).toBe(cap);
      const good = await Promise.all(
        answers.map(({ accessToken }) => isSignedIn(service, accessToken)),
      );
      expect(tally(good.map(String))).toEqual({ true: cap, false: AT_ONCE - cap });
    },
  }));

const CLIENT_TYPES = ["cli", "mobile", "web"];

/** The contracts that set a limit, and how to get an access token of theirs. */
const contracts: readonly {
  contract: string;
  cap: number;
  signIn(service: TestService, person: Person, index: number): Promise<string>;
}[] = [
  {
    contract: "credebl",
    cap: 10,
    signIn: async (service, person) =>
      given(await credebl.connect(service).signIn(person)).accessToken,
  },
  {
    contract: "pionne",
    cap: CLIENT_TYPES.length,
    async signIn(service, { email, password }, index) {
      const { body } = await service.ask<{ token: string }>("/api/auth/login", {
        body: { email, password },
        headers: { "x-pionne-client": cycled(CLIENT_TYPES, index) },
      });
      return body.token;
    },
  },
];

function living(accountId: string, contract: string): Promise<number> {
  const condition = "account_id = ? AND contract = ? AND revoked_at IS NULL";
  return countRows("sessions", condition, accountId, contract);
}
