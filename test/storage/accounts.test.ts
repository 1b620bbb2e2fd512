import { describe, expect, it } from "vitest";
import { accountMade } from "../../src/core/account/account-made.ts";
import type { Session } from "../../src/core/session/session.ts";
import { asking, openedSession, provedAccount } from "../support/asking.ts";
import { countRows } from "../support/rows.ts";
import { startService } from "../support/service.ts";

const service = startService();
const { context } = asking(service);
const { accounts, auditLog, secondFactors } = service.ports;

function newOne(email?: string) {
  const drafted = provedAccount(context);
  const account = { ...drafted, ...(email && { email }) };
  return { account, passwordHash: "a hash", event: accountMade(context, account) };
}

describe("REL-02: an account, its password and the event that tells of it", () => {
  it("are stored for one of those who want an address at once, and nothing for the others", async () => {
    const first = newOne();
    const all = [first, ...Array.from({ length: 19 }, () => newOne(first.account.email))];

    const answers = await Promise.all(all.map((made) => accounts.insert(made)));

    const won = all.filter((_, index) => answers[index]);
    expect(won).toHaveLength(1);
    const ids = JSON.stringify(all.map(({ account }) => account.id));
    const rows = (table: string, column: string) =>
      countRows(table, `${column} IN (SELECT value FROM json_each(?))`, ids);
    expect([
      await rows("accounts", "id"),
      await rows("passwords", "account_id"),
      await rows("audit_events", "account_id"),
    ]).toEqual([1, 1, 1]);
    expect(await auditLog.list(won[0]?.account.id ?? "", 2)).toEqual([won[0]?.event]);
  });

  it("are stored together or not at all", async () => {
    const [there, made] = [newOne(), newOne()];
    await accounts.insert(there);
    // The database takes no second event of an id.
    const broken = { ...made, event: { ...made.event, id: there.event.id } };

    await expect(accounts.insert(broken)).rejects.toThrow();

    const { id } = made.account;
    expect([
      await countRows("accounts", "id = ?", id),
      await countRows("passwords", "account_id = ?", id),
      await countRows("audit_events", "account_id = ?", id),
    ]).toEqual([0, 0, 0]);
  });
});

it("a password is changed by a session that lives alone, and no second factor is spent by another", async () => {
  const made = newOne();
  const { id: accountId } = made.account;
  await accounts.insert(made);
  const [kept, ended] = [
    await openedSession(context, made.account),
    await openedSession(context, made.account),
  ];
  const now = context.clock.now();
  const [enrolmentId, digest] = [crypto.randomUUID(), crypto.randomUUID()];
  const by = { sessionId: kept.id, at: now };
  await secondFactors.enrol({ accountId, enrolmentId, sealedSecret: "sealed", by });
  await secondFactors.confirm({
    accountId,
    enrolmentId,
    step: 1,
    recoveryDigests: [digest],
    now,
    by,
  });
  const proof = { kind: "recovery code", digests: [digest], closes: false } as const;
  const change = ({ id: sessionId }: Session, passwordHash: string) =>
    accounts.changePassword({
      ...{ accountId, expectedHash: made.passwordHash, passwordHash, now },
      by: { sessionId, at: now },
      secondFactor: { proof, spentOn: crypto.randomUUID() },
    });
  await context.sessions.end({ accountId, sessionId: ended.id }, now);

  expect(await change(ended, "an intruder's")).toBe(false);
  expect(await change(kept, "its owner's")).toBe(true);
});
