import { describe, expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { provedMember } from "../support/members.ts";
import type { Person } from "../support/people.ts";
import { AT_ONCE, cycled, race } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { entrances, halfwayOnPage } from "./entrances.ts";

/** Somebody new with a second factor, and how many sessions that took. */
async function protectedMember(service: TestService) {
  const person = await provedMember(service);
  const { app, recoveryCodes } = await secondFactorOf(service, person);
  const accountId = await accountIdOf(person);
  const before = await countRows("sessions", "account_id = ?", accountId);
  return { person, app, recoveryCodes, accountId, before };
}

const sessionsSince = async ({ accountId, before }: { accountId: string; before: number }) =>
  (await countRows("sessions", "account_id = ?", accountId)) - before;

const unspentCodes = (accountId: string) =>
  countRows("recovery_codes", "account_id = ? AND spent_on IS NULL", accountId);

const outcome = (said: { yes: boolean; reason?: string }) => said.reason ?? "signed in";

describe("a second factor that is brought at once to every contract and the page", () => {
  it("signs in once with a code of the app, and once more with the next", (context) =>
    race(context, {
      async prepare(service) {
        const known = await protectedMember(service);
        return { ...known, code: known.app.nextCode() };
      },

      request: ({ person, code }, service, index) =>
        cycled(entrances, index).signIn(service, { ...person, code }),

      async judge({ app, person, ...known }, answers, service) {
        expect(tally(answers.map(outcome))).toEqual({
          "signed in": 1,
          second_factor_invalid: AT_ONCE - 1,
        });
        expect(await sessionsSince(known)).toBe(1);
        const next = { ...person, code: app.nextCode() };
        expect((await entrances[0]?.signIn(service, next))?.yes).toBe(true);
      },
    }));

  it("signs in once with a recovery code, and leaves all others", (context) =>
    race(context, {
      prepare: protectedMember,

      request: ({ person, recoveryCodes }, service, index) =>
        cycled(entrances, index).signIn(service, {
          ...person,
          recoveryCode: recoveryCodes[0] ?? "",
        }),

      async judge({ person, recoveryCodes, ...known }, answers, service) {
        expect(tally(answers.map(outcome))).toEqual({
          "signed in": 1,
          second_factor_invalid: AT_ONCE - 1,
        });
        expect(await sessionsSince(known)).toBe(1);
        expect(await unspentCodes(known.accountId)).toBe(recoveryCodes.length - 1);
        const next = { ...person, recoveryCode: recoveryCodes[1] ?? "" };
        expect((await entrances[0]?.signIn(service, next))?.yes).toBe(true);
      },
    }));
});

/** The first step of a sign-in: what the second has to bring along. */
interface TwoSteps {
  begin(service: TestService, person: Person): Promise<string>;
  /** The status of the answer. */
  finish(
    service: TestService,
    step: { challenge: string; code?: string; recoveryCode?: string },
  ): Promise<number>;
}

const twoSteps: readonly TwoSteps[] = [
  {
    async begin(service, { email, password }) {
      const { body } = await service.ask<{ mfaToken: string }>("/api/login", {
        body: { email, password },
      });
      return body.mfaToken;
    },
    async finish(service, { challenge: mfaToken, ...given }) {
      return (await service.ask("/api/login/mfa", { body: { mfaToken, ...given } })).status;
    },
  },
  {
    async begin(service, { email, password }) {
      const { body } = await service.ask<{ totp_token: string }>("/api/auth/login", {
        body: { email, password },
      });
      return body.totp_token;
    },
    async finish(service, { challenge: totp_token, code, recoveryCode: recovery_code }) {
      const body = { totp_token, code, recovery_code };
      return (await service.ask("/api/auth/login/totp", { body })).status;
    },
  },
  {
    async begin(service, person) {
      const { form } = await halfwayOnPage(new Browser(service), person);
      return form("/signin/code").fields.challenge ?? "";
    },
    async finish(service, { challenge, code, recoveryCode = code ?? "" }) {
      const { status } = await new Browser(service).post("/signin/code", {
        challenge,
        code: recoveryCode,
      });
      return status === 303 ? 200 : status;
    },
  },
];

it("the token of a first step, at Planasonix, Pionne and the page by turns, opens one session, however many good codes come with it at once, and spends one of them", (context) =>
  race(context, {
    async prepare(service, round) {
      const { begin, finish } = cycled(twoSteps, round);
      const known = await protectedMember(service);
      return { ...known, finish, challenge: await begin(service, known.person) };
    },

    request: ({ finish, challenge, recoveryCodes }, service, index) =>
      finish(service, { challenge, recoveryCode: cycled(recoveryCodes, index) }),

    async judge({ app, finish, challenge, recoveryCodes, ...known }, answers, service) {
      expect(tally(answers)).toEqual({ 200: 1, 401: AT_ONCE - 1 });
      expect(await sessionsSince(known)).toBe(1);
      expect(await unspentCodes(known.accountId)).toBe(recoveryCodes.length - 1);
      expect(await finish(service, { challenge, code: app.nextCode() })).toBe(401);
    },
  }));
