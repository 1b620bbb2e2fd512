import { describe, expect, it } from "vitest";
import type { Account } from "../../src/core/account/account.ts";
import { accountMade } from "../../src/core/account/account-made.ts";
import { addressVerified } from "../../src/core/account/address-verified.ts";
import { firstProof } from "../../src/core/account/first-proof.ts";
import { eventOf } from "../../src/core/audit/record-event.ts";
import type { StillIn } from "../../src/core/caller/still-in.ts";
import type { Session } from "../../src/core/session/session.ts";
import { alterAccount } from "../support/alter-account.ts";
import { asking, openedSession, provedAccount } from "../support/asking.ts";
import { countRows } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { actingIn } from "./sessions/ready-to-open.ts";

const service = startService();
const { context } = asking(service);
const { accounts, auditLog, keys, secondFactors } = service.ports;

function newOne(like: Partial<Account> = {}) {
  const account = { ...provedAccount(context), ...like };
  return { account, passwordHash: "a hash", event: accountMade(context, account) };
}

describe("REL-02: an account, its password and the event that tells of it", () => {
  it("are stored for one of those who want an address at once, and nothing for the others", async () => {
    const first = newOne();
    const all = [
      first,
      ...Array.from({ length: 19 }, () => newOne({ email: first.account.email })),
    ];

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
  const [kept, ended, another] = [
    await openedSession(context, made.account),
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
  const acts = await actingIn(another);

  expect(await change(ended, "an intruder's")).toBe(false);
  expect(await acts()).toBe(true);
  expect(await change(kept, "its owner's")).toBe(true);
  expect(await acts()).toBe(false);
});

it("a password is changed of an enabled account alone, and over the one that is expected or none", async () => {
  const made = newOne();
  const { id: accountId, email } = made.account;
  await accounts.insert(made);
  const change = (expectedHash: string | null) =>
    accounts.changePassword({
      ...{ accountId, expectedHash, passwordHash: crypto.randomUUID() },
      ...{ secondFactor: null, by: null, now: context.clock.now() },
    });

  expect(await change(null)).toBe(false);
  expect(await change("another hash")).toBe(false);
  await alterAccount({ email }, { disabledAt: new Date() });
  expect(await change(made.passwordHash)).toBe(false);
  await alterAccount({ email }, { disabledAt: null });
  expect(await change(made.passwordHash)).toBe(true);
});

it("a hash is renewed in place of the one that was checked, and not of a newer password's", async () => {
  const { account, passwordHash } = newOne();
  const { id: accountId } = account;
  await accounts.insert({ account, passwordHash, event: accountMade(context, account) });
  const hash = async () => (await accounts.findCredentials({ accountId }))?.passwordHash;

  await accounts.rehashPassword(accountId, "that of an older password", "the older one anew");
  expect(await hash()).toBe(passwordHash);
  await accounts.rehashPassword(accountId, passwordHash, "the same anew");
  expect(await hash()).toBe("the same anew");
});

/** An account whose address nobody proved, with a session and a key that somebody made in it. */
async function unproved() {
  const made = newOne({ emailVerifiedAt: null, mustResetPassword: true });
  const { id: accountId, tenantId, email } = made.account;
  await accounts.insert(made);
  const { id: sessionId, createdAt: at } = await openedSession(context, made.account);
  const key = {
    ...{ id: crypto.randomUUID(), tenantId, accountId, name: "CI", prefix: "k_", scopes: [] },
    ...{ kind: "api" as const, createdAt: at, expiresAt: null, lastUsedAt: null },
  };
  const by = { sessionId, at, beforePasswordChange: true } as const;
  await keys.insert(key, crypto.randomUUID(), { by, most: 1 });
  const left = async () => ({
    sessions: (await context.sessions.list(accountId, at)).length,
    keys: (await keys.list(key)).length,
    verified: await countRows(
      "audit_events",
      "account_id = ? AND event = 'address-verified'",
      accountId,
    ),
  });
  return { account: made.account, accountId, tenantId, email, left };
}

describe("REC-01: a link to set a password", () => {
  const resetOf = (accountId: string, linkNumber: number, now = context.clock.now()) => {
    const about = { tenantId: context.tenantId, accountId };
    return accounts.resetPassword({
      ...{ accountId, linkNumber, now, passwordHash: crypto.randomUUID() },
      firstProof: firstProof(context, { id: accountId, tenantId: context.tenantId }),
      secondFactorOff: eventOf(context, "second-factor-off", about),
    });
  };

  it("that is not the newest takes and proves nothing", async () => {
    const { accountId, tenantId, email, left } = await unproved();
    const there = { sessions: 1, keys: 1, verified: 0 };
    const older = await accounts.numberResetLink(tenantId, email);
    const newest = await accounts.numberResetLink(tenantId, email);

    expect(await resetOf(accountId, older?.linkNumber ?? 0)).toBeNull();
    expect(await left()).toEqual(there);
    expect(await resetOf(accountId, newest?.linkNumber ?? 0)).not.toBeNull();
    expect(await left()).toEqual({ sessions: 0, keys: 0, verified: 1 });
  });

  it("ends the duty to change it, and leaves the moment at which the address was proved", async () => {
    const { accountId, tenantId, email } = await unproved();
    const now = context.clock.now();
    const reset = async (at: Date) => {
      const link = await accounts.numberResetLink(tenantId, email);
      return (await resetOf(accountId, link?.linkNumber ?? 0, at))?.account;
    };

    const proved = { mustResetPassword: false, emailVerifiedAt: now };
    expect(await reset(now)).toMatchObject(proved);
    expect(await reset(new Date(now.getTime() + 1000))).toMatchObject(proved);
  });
});

it("REC-04: an address is confirmed by the newest link to it, and while the account has it", async () => {
  const { account, tenantId, email } = await unproved();
  const confirm = async (to: string, linkNumber: number) =>
    accounts.verifyEmail({ email: to, linkNumber, event: addressVerified(context, account) });
  const first = await accounts.findUnverified(tenantId, email);
  const newest = await accounts.numberResetLink(tenantId, email);
  const [older, number] = [first?.linkNumber ?? 0, newest?.linkNumber ?? 0];

  expect(number).toBe(older + 1);
  expect(await confirm(email, older)).toBe(false);
  expect(await confirm("another@example.test", number)).toBe(false);
  expect(await confirm(email, number)).toBe(true);
  expect(await confirm(email, number)).toBe(false);
});

it("a password alone, in no session, changes none of an account that has a second factor by now", async () => {
  const made = newOne();
  const { id: accountId } = made.account;
  await accounts.insert(made);
  const { id: sessionId } = await openedSession(context, made.account);
  const now = context.clock.now();
  const [by, enrolmentId] = [{ sessionId, at: now }, crypto.randomUUID()];
  const change = (asked: StillIn | null) =>
    accounts.changePassword({
      ...{ accountId, expectedHash: made.passwordHash, passwordHash: crypto.randomUUID() },
      ...{ secondFactor: null, by: asked, now },
    });
  await secondFactors.enrol({ accountId, enrolmentId, sealedSecret: "sealed", by });
  const given = { step: 1, recoveryDigests: [crypto.randomUUID()] };
  await secondFactors.confirm({ accountId, enrolmentId, ...given, now, by });

  expect(await change(null)).toBe(false);
  expect(await change(by)).toBe(true);
});
