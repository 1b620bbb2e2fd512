import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { contracts } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { member } from "../support/members.ts";
import type { Person } from "../support/people.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { watchStatements } from "../support/watch-statements.ts";

const HOUR_MS = 3_600_000;

/** Sessions of a person in a contract, each last used a little later than the one before. */
async function open(
  person: Person,
  count: number,
  { contract = "planasonix", ended = false } = {},
): Promise<void> {
  const now = Date.now();
  const accountId = await accountIdOf(person);
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO sessions (id, number, tenant_id, account_id, contract, created_at, last_used_at,
       expires_at, ends_at, revoked_at)
     SELECT lower(hex(randomblob(16))),
       i + (SELECT coalesce(max(number), 0) FROM sessions WHERE account_id = ?2),
       (SELECT tenant_id FROM accounts WHERE id = ?2), ?2, ?3, ?4 - ?5, ?4 - ?5 + i, ?4 + ?5, ?4 + ?5, ?6 FROM n`,
  )
    .bind(count, accountId, contract, now, HOUR_MS, ended ? now - 1 : null)
    .run();
}

async function living(person: Person, contract: string): Promise<number> {
  const isOfPerson = "account_id = ? AND contract = ? AND revoked_at IS NULL";
  return countRows("sessions", isOfPerson, await accountIdOf(person), contract);
}

describe("the living sessions of an account", () => {
  const unlimited = ["planasonix", "lnchr", "planpoint"];

  it.each(contracts.filter(({ contract }) => unlimited.includes(contract)))(
    "are a thousand at most in a contract that sets no limit: $contract",
    async ({ contract, connect }) => {
      const service = startService();
      const person = await member(service);
      await open(person, 1000, { contract });
      await open(person, 10, { contract: "another" });
      const isOfPerson = "contract = ?1 AND account_id = ?2";
      const least = `(SELECT min(last_used_at) FROM sessions WHERE ${isOfPerson})`;
      const isLeast = `${isOfPerson} AND last_used_at = ${least} AND revoked_at IS NULL`;
      const leastUsed = async () =>
        countRows("sessions", isLeast, contract, await accountIdOf(person));

      expect(await leastUsed()).toBe(1);
      given(await connect(service).signIn(person));

      expect(await leastUsed()).toBe(0);
      expect(await living(person, contract)).toBe(1000);
      expect(await living(person, "another")).toBe(10);
    },
  );
});

describe("the ended sessions of an account", () => {
  it.each(contracts)("are read by nothing: $contract", async ({ connect }) => {
    const read = async (ended: number) => {
      const service = startService();
      const person = await member(service);
      await open(person, ended, { ended: true });
      const driver = connect(service);
      const { statements } = await watchStatements(async () => {
        const { accessToken, refreshToken } = given(await driver.signIn(person));
        await driver.isSignedIn(accessToken);
        await driver.refresh?.(refreshToken ?? "");
        await driver.sessions?.list(accessToken);
        await driver.signOut?.(accessToken);
      });
      return statements.map(({ sql, rowsRead }) => `${rowsRead}: ${sql}`).sort();
    };

    expect(await read(5000)).toEqual(await read(1));
  });
});
