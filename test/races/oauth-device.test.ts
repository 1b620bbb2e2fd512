import { beforeAll, describe, expect, it } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import {
  approvedGrant,
  heard,
  heldPoll,
  pollGrant,
  undecidedGrant,
} from "../support/oauth-devices.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const POLLS = 50;

beforeAll(registerOAuthClients);

describe("an approved grant at the token endpoint", () => {
  it.each<[string, number, (index: number) => Record<string, string>]>([
    ["without a key", 20, () => ({})],
    ["under a key each", 5, (index) => ({ "idempotency-key": `key-${index}` })],
  ])(`gives tokens to one of ${POLLS} parallel polls %s, %i rounds`, async (_, rounds, headers) => {
    for (let round = 0; round < rounds; round++) {
      // Every round comes from an address of its own: what is raced is the grant, not the fence.
      const service = startService();
      const { deviceCode } = await approvedGrant(service);

      const answers = await Promise.all(
        Array.from({ length: POLLS }, (_, index) =>
          pollGrant(service, deviceCode, {}, headers(index)),
        ),
      );

      expect(tally(answers.map(heard))).toEqual({ tokens: 1, "400 invalid_grant": POLLS - 1 });
    }
  });

  it(`gives all of ${POLLS} parallel polls under one key one and the same answer`, async () => {
    const service = startService();
    const { deviceCode } = await approvedGrant(service);

    const answers = await Promise.all(
      Array.from({ length: POLLS }, () =>
        pollGrant(service, deviceCode, {}, { "idempotency-key": "one" }),
      ),
    );

    expect(tally(answers.map(heard))).toEqual({ tokens: POLLS });
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it("gives tokens once, to the poll that is held or to another that comes with the approval", async () => {
    for (let round = 0; round < 5; round++) {
      const service = startService();
      const { deviceCode, decide } = await undecidedGrant(service);
      const { answer } = await heldPoll(service, deviceCode);

      const [held, decided, polled] = await Promise.all([
        answer,
        decide(),
        pollGrant(service, deviceCode),
      ]);

      expect(decided.status).toBe(200);
      const told = [heard(held), heard(polled)].sort();
      expect(["400 invalid_grant tokens", "400 slow_down tokens"]).toContain(told.join(" "));
    }
  });
});
