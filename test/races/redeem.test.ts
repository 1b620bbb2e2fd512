import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const ROUNDS = 20;
const service = startService();

beforeAll(registerClients);

describe("an approved device grant", () => {
  it(`gives tokens to one of 50 parallel polls and opens one session, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      // Every round comes from an address of its own: what is raced is the grant, not the fence.
      const fresh = startService();
      const { accessToken } = await signedIn(fresh);
      const { userCode, deviceCode } = await startedDevice(fresh);
      await decide(fresh, accessToken, { userCode });
      const before = await countSessions();

      const answers = await Promise.all(Array.from({ length: 50 }, () => poll(fresh, deviceCode)));

      expect(tally(answers.map(({ status, body }) => body.error?.code ?? status))).toEqual({
        200: 1,
        invalid_grant: 49,
      });
      expect(await countSessions()).toBe(before + 1);
    }
  });
});

describe("a pending device grant", () => {
  it("is decided by one of 50 parallel words, and the device hears that one", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        decide(service, accessToken, { userCode, approve: index % 2 === 0 }),
      ),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 409: 49 });
    const decided = answers.find(({ status }) => status === 200);
    const heard = await poll(service, deviceCode);
    expect(heard.body.error?.code ?? "tokens").toBe(
      decided?.body.message === "The device is approved." ? "tokens" : "access_denied",
    );
  });
});

async function countSessions(): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS count FROM sessions").first<{
    count: number;
  }>();
  return row?.count ?? 0;
}
