import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { askToken, codeFor, introspected, redemption, refreshed } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const ROUNDS = 20;

beforeAll(registerOAuthClients);

describe("TOK-13 an authorization code", () => {
  it(`is redeemed by one of 50 at once, which opens one session and loses it, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const service = startService();
      const { accessToken } = await signedIn(service);
      const fields = redemption(await codeFor(service, accessToken));
      const before = await countSessions();

      const answers = await Promise.all(
        Array.from({ length: 50 }, () => askToken(service, fields)),
      );

      expect(tally(answers.map(({ status, body }) => body.error ?? status))).toEqual({
        200: 1,
        invalid_grant: 49,
      });
      expect(await countSessions()).toBe(before + 1);
      // Somebody else had the code: nobody keeps what it gave.
      const won = answers.find(({ status }) => status === 200)?.body;
      expect((await introspected(service, won?.access_token ?? "")).body.active).toBe(false);
      expect((await refreshed(service, won?.refresh_token ?? "")).status).toBe(400);
    }
  });
});

async function countSessions(): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS count FROM sessions").first<{
    count: number;
  }>();
  return row?.count ?? 0;
}
