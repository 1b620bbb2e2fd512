import { describe, expect, it } from "vitest";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { backOffice, clientToken, somebodyLike, staff } from "../surfaces/admin/back-office.ts";
import { withSecondFactor } from "../surfaces/credebl/credebl.ts";

const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };

/** Beside the look for who asks. */
const COSTS: readonly (readonly [
  endpoint: string,
  body: object | undefined,
  more: Partial<Calls>,
])[] = [
  ["GET /accounts", undefined, { d1: 1 }],
  ["GET /accounts/:id", undefined, { d1: 1 }],
  ["GET /accounts/:id/sessions", undefined, { d1: 2 }],
  ["GET /accounts/:id/events", undefined, { d1: 2 }],
  ["POST /accounts", { email: "new@example.test" }, { d1: 1 }],
  // Found, changed in one batch, and read once more for the answer.
  ["PATCH /accounts/:id", { disabled: true }, { d1: 3 }],
  ["DELETE /accounts/:id/sessions", undefined, { d1: 2 }],
  // Its owner is told by mail.
  ["DELETE /accounts/:id/second-factor", undefined, { d1: 2, durableObjects: 1, queue: 1 }],
  ["POST /accounts/:id/password-reset", undefined, { d1: 2, durableObjects: 1, queue: 1 }],
  ["DELETE /accounts/:id", undefined, { d1: 2 }],
];

describe("an administrator's call costs the look for who asks, and", () => {
  it.each(COSTS)("%s", async (endpoint, body, more) => {
    const office = backOffice();
    const { bearer } = await staff(office);
    const { id } = await somebodyLike();
    await withSecondFactor(office.service, id);
    await office.ask("GET /accounts", { bearer });
    const ask = () => office.ask(endpoint.replace(":id", id), { bearer, ...(body && { body }) });

    const calls = await countCalls(ask);

    expect(calls).toEqual({ ...NOTHING, ...more, d1: 1 + (more.d1 ?? 0) });
  });

  it("as much for a client whose registration is remembered", async () => {
    const office = backOffice();
    const { bearer } = await clientToken(office, ["admin:accounts:read"]);
    await office.ask("GET /accounts", { bearer });

    expect(await countCalls(() => office.ask("GET /accounts", { bearer }))).toEqual({
      ...NOTHING,
      d1: 2,
    });
  });

  it("nothing at all for a forged token", async () => {
    const office = backOffice();
    const { bearer } = await staff(office);
    await office.ask("GET /accounts", { bearer });
    const forged = { bearer: bearer.slice(0, -4) + (bearer.endsWith("AAAA") ? "BAAA" : "AAAA") };

    expect(await countCalls(() => office.ask("GET /accounts", forged))).toEqual(NOTHING);
  });
});
