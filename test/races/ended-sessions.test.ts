import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { contracts, offering } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { isSignedIn } from "../support/asking.ts";
import { passSeconds } from "../support/clock.ts";
import { provedMember } from "../support/members.ts";
import { type Person, type SignedInBody, signedIn } from "../support/people.ts";
import { cycled, Ending, race } from "../support/race.ts";
import { accountIdOf } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

/** How many sessions are refreshed at once, each by several who bring the same token. */
const SESSIONS = 5;

it("REF-07: a session that is signed out while it is refreshed, through each contract by turns, stays ended, whatever began before", (context) =>
  race(context, {
    async prepare(service, round) {
      const { accessToken, refreshToken } = await signedIn(service, await provedMember(service));
      const { signOut } = cycled(offering("signOut"), round).connect(service);
      const end = new Ending(async () => given(await signOut(accessToken)));
      return { refreshToken, end };
    },

    async request({ refreshToken, end }, service, index) {
      const got: string[] = [];
      const after = await end.useAround(index, () => refresh(service, refreshToken, got));
      return { got, after };
    },

    async judge(_, answers, service) {
      expect(tally(answers.map(({ after }) => after))).toEqual({ refused: answers.length });
      await expectDead(service, answers);
    },
  }));

it("REF-07: an account that is disabled, or gets another password, by turns, keeps no session that was opened or refreshed meanwhile, and lets in nobody who begins afterwards", (context) =>
  race(context, {
    async prepare(service, round) {
      const person = await provedMember(service);
      const { accessToken } = await signedIn(service, person);
      const sessions = [];
      for (let count = 0; count < SESSIONS; count++) {
        sessions.push(await signedIn(service, person));
      }
      // Which password a sign-in was checked against is told by when it was set.
      passSeconds(1);
      const { end, undo } = cycled(endsOfAll, round);
      return {
        person,
        refreshTokens: sessions.map(({ refreshToken }) => refreshToken),
        end: new Ending(() => end(service, person, accessToken)),
        undo: () => undo(person),
      };
    },

    async request({ person, refreshTokens, end }, service, index) {
      const got: string[] = [];
      const use = () =>
        index % 2 === 0
          ? refresh(service, cycled(refreshTokens, index / 2), got)
          : signIn(service, cycled(contracts, index), person, got);
      return { got, after: await end.useAround(index, use) };
    },

    async judge({ undo }, answers, service) {
      expect(tally(answers.map(({ after }) => after))).toEqual({ refused: answers.length });
      await undo();
      await expectDead(service, answers);
    },
  }));

/** What ends every session of somebody but the one that asks for it, and lets them in again. */
const endsOfAll: readonly {
  end(service: TestService, person: Person, accessToken: string): Promise<unknown>;
  undo(person: Person): Promise<unknown>;
}[] = [
  {
    async end(service, { password }, bearer) {
      const body = { current_password: password, new_password: "another-otter-of-june" };
      expect((await service.ask("/api/user/password", { bearer, body })).status).toBe(204);
    },
    undo: async () => undefined,
  },
  {
    // What an administrator's command does, in one transaction.
    async end(_, person) {
      const [now, id] = [Date.now(), await accountIdOf(person)];
      await env.DB.batch([
        env.DB.prepare("UPDATE accounts SET disabled_at = ? WHERE id = ?").bind(now, id),
        env.DB.prepare("UPDATE sessions SET revoked_at = ? WHERE account_id = ?").bind(now, id),
      ]);
    },
    undo: ({ email }) =>
      env.DB.prepare("UPDATE accounts SET disabled_at = NULL WHERE email = ?").bind(email).run(),
  },
];

/** Trades a token of Planasonix and keeps the access token that comes of it. */
async function refresh(service: TestService, refreshToken: string, got: string[]) {
  const { status, body } = await service.ask<SignedInBody>("/api/auth/refresh", {
    body: { refreshToken },
  });
  return status === 200 ? keep(body.accessToken, got) : status === 401 ? "refused" : status;
}

async function signIn(
  service: TestService,
  { connect }: (typeof contracts)[number],
  person: Person,
  got: string[],
) {
  const said = await connect(service).signIn(person);
  return said.yes ? keep(said.accessToken, got) : "refused";
}

function keep(accessToken: string, got: string[]): string {
  got.push(accessToken);
  return "tokens";
}

/** Nothing that was given meanwhile opens anything, and something was given. */
async function expectDead(
  service: TestService,
  answers: readonly { got: readonly string[] }[],
): Promise<void> {
  const tokens = new Set(answers.flatMap(({ got }) => got));
  expect(tokens.size).toBeGreaterThan(0);
  for (const accessToken of tokens) {
    expect(await isSignedIn(service, accessToken)).toBe(false);
  }
}
