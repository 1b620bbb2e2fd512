import { beforeAll, expect, it } from "vitest";
import { askToken, codeFor, introspected, redemption, refreshed } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { AT_ONCE, race } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import { tally } from "../support/tally.ts";

beforeAll(registerOAuthClients);

it("TOK-13: an authorization code is redeemed by one of those who bring it at once, opens one session and loses it", (context) =>
  race(context, {
    async prepare(service) {
      const { accessToken, person } = await signedIn(service);
      return {
        fields: redemption(await codeFor(service, accessToken)),
        accountId: await accountIdOf(person),
      };
    },

    request: ({ fields }, service) => askToken(service, fields),

    async judge({ accountId }, answers, service) {
      expect(tally(answers.map(({ status, body }) => body.error ?? status))).toEqual({
        200: 1,
        invalid_grant: AT_ONCE - 1,
      });
      expect(await countRows("sessions", "account_id = ? AND contract = 'oauth'", accountId)).toBe(
        1,
      );
      // Somebody else had the code: nobody keeps what it gave.
      const won = answers.find(({ status }) => status === 200)?.body;
      expect((await introspected(service, won?.access_token ?? "")).body.active).toBe(false);
      expect((await refreshed(service, won?.refresh_token ?? "")).body.error).toBe("invalid_grant");
    },
  }));
