import { env } from "cloudflare:workers";
import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { eventOf } from "../../src/core/audit/record-event.ts";
import type { StillIn } from "../../src/core/caller/still-in.ts";
import type { SecondFactorProof } from "../../src/core/second-factor/second-factor.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1Passkeys } from "../../src/storage/d1/passkeys.ts";
import { d1SecondFactors } from "../../src/storage/d1/second-factors.ts";
import { isSpentOn, spendSecondFactor } from "../../src/storage/d1/spend-second-factor.ts";
import { asking, someoneIn } from "../support/asking.ts";
import { startService } from "../support/service.ts";

const db = openDatabase(env.DB);
const store = d1SecondFactors(db);
const now = new Date("2026-05-01T12:00:00Z");
const STEP = 59_000_000;

const step = (number: number): SecondFactorProof => ({
  kind: "totp",
  step: number,
  closes: false,
});
const code = (...digests: string[]): SecondFactorProof => ({
  kind: "recovery code",
  digests,
  closes: false,
});
const id = () => crypto.randomUUID();
const spending = (proof: SecondFactorProof) => ({ proof, spentOn: id(), by });

const { context } = asking(startService());
/** What tells of new recovery codes. */
const replaced = (accountId: string) =>
  eventOf(context, "recovery-codes-replaced", { tenantId: context.tenantId, accountId });

let by: StillIn;
beforeAll(async () => {
  by = await someoneIn(context);
});

/** An account whose second factor waits for its first code. */
async function enrolled(accountId = id()) {
  const enrolmentId = id();
  await store.enrol({ accountId, enrolmentId, sealedSecret: `sealed ${enrolmentId}`, by });
  return { accountId, enrolmentId };
}

/** An account whose second factor is on, with the recovery codes a, b and c. */
async function confirmed() {
  const { accountId, enrolmentId } = await enrolled();
  const recoveryDigests = ["a", "b", "c"];
  await store.confirm({ accountId, enrolmentId, step: STEP, recoveryDigests, now, by });
  return { accountId, enrolmentId };
}

async function codesOf(accountId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT digest FROM recovery_codes WHERE account_id = ? ORDER BY digest",
  )
    .bind(accountId)
    .all<{ digest: string }>();
  return results.map(({ digest }) => digest);
}

/** What was written down of an account. */
async function toldOf(accountId: string): Promise<string[]> {
  return (await context.auditLog.list(accountId, 5)).map(({ event }) => event);
}

const trues = (outcomes: readonly boolean[]) => outcomes.filter(Boolean).length;
const twenty = <T>(make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, i) => make(i)));

describe("an enrolment", () => {
  it("is kept pending, without codes", async () => {
    const { accountId, enrolmentId } = await enrolled();
    expect(await store.find(accountId)).toEqual({
      accountId,
      enrolmentId,
      sealedSecret: `sealed ${enrolmentId}`,
      confirmedAt: null,
      lastStep: 0,
      recoveryCodesLeft: 0,
    });
    expect(await store.find(id())).toBeNull();
  });

  it("takes the place of an earlier one that was never confirmed", async () => {
    const first = await enrolled();
    const second = await enrolled(first.accountId);
    expect(await store.find(first.accountId)).toMatchObject({ enrolmentId: second.enrolmentId });
    const late = { ...first, step: STEP, recoveryDigests: ["a"], now, by };
    expect(await store.confirm(late)).toBe(false);
    expect(await codesOf(first.accountId)).toEqual([]);
  });

  it("changes nothing where a second factor is on", async () => {
    const { accountId } = await confirmed();
    const before = await store.find(accountId);
    const enrolment = { accountId, enrolmentId: id(), sealedSecret: "another", by };
    expect(await store.enrol(enrolment)).toBe(false);
    expect(await store.find(accountId)).toEqual(before);
  });
});

describe("a confirmation", () => {
  it("turns the factor on with its codes, and its step counts as used", async () => {
    const { accountId, enrolmentId } = await confirmed();
    expect(await store.find(accountId)).toEqual({
      accountId,
      enrolmentId,
      sealedSecret: `sealed ${enrolmentId}`,
      confirmedAt: now,
      lastStep: STEP,
      recoveryCodesLeft: 3,
    });
    expect(await spendSecondFactor(db, accountId, step(STEP), id())).toEqual([]);
  });

  it("happens once: of twenty at once one wins, and only its codes are kept", async () => {
    const { accountId, enrolmentId } = await enrolled();
    const outcomes = await twenty((i) =>
      store.confirm({ accountId, enrolmentId, step: STEP, recoveryDigests: [`of ${i}`], now, by }),
    );
    expect(trues(outcomes)).toBe(1);
    expect(await codesOf(accountId)).toEqual([`of ${outcomes.indexOf(true)}`]);
  });

  it("is of nothing where nothing is pending", async () => {
    const confirmation = { accountId: id(), enrolmentId: id(), step: STEP, now, by };
    expect(await store.confirm({ ...confirmation, recoveryDigests: ["a"] })).toBe(false);
    expect(await codesOf(confirmation.accountId)).toEqual([]);
  });
});

describe("spending a proof", () => {
  const spend = async (accountId: string, proof: SecondFactorProof, spentOn = id()) =>
    (await spendSecondFactor(db, accountId, proof, spentOn)).length > 0;

  it.each([
    ["step", step(STEP + 1)],
    ["recovery code", code("x", "b")],
  ])("takes a %s once: of twenty at once one wins", async (_, proof) => {
    const { accountId } = await confirmed();
    expect(trues(await twenty(() => spend(accountId, proof)))).toBe(1);
    expect(await spend(accountId, proof)).toBe(false);
  });

  it("refuses steps that are no newer than the newest one taken", async () => {
    const { accountId } = await confirmed();
    expect(await spend(accountId, step(STEP + 2))).toBe(true);
    expect(await spend(accountId, step(STEP + 1))).toBe(false);
    expect(await spend(accountId, step(STEP + 2))).toBe(false);
    expect(await spend(accountId, step(STEP + 3))).toBe(true);
  });

  it("leaves the other recovery codes good", async () => {
    const { accountId } = await confirmed();
    expect(await spend(accountId, code("b"))).toBe(true);
    expect(await store.find(accountId)).toMatchObject({ recoveryCodesLeft: 2 });
    expect(await spend(accountId, code("a"))).toBe(true);
    expect(await spend(accountId, code("d", "e"))).toBe(false);
    expect(await spend(accountId, code())).toBe(false);
  });

  it("knows no codes of other accounts, and no steps of a pending factor", async () => {
    const { accountId: other } = await enrolled();
    await confirmed();
    expect(await spend(other, code("a"))).toBe(false);
    expect(await spend(other, step(STEP + 1))).toBe(false);
  });

  it.each([
    ["step", step(STEP + 1)],
    ["recovery code", code("x", "b")],
  ])("tells what a %s was spent on", async (_, proof) => {
    const { accountId } = await confirmed();
    const [spentOn, other] = [id(), id()];
    const isSpent = async (on: string) =>
      await db.get(sql`SELECT ${isSpentOn(accountId, proof, on)} AS spent`);
    expect(await isSpent(spentOn)).toEqual({ spent: 0 });
    await spend(accountId, proof, spentOn);
    expect(await isSpent(spentOn)).toEqual({ spent: 1 });
    await spend(accountId, proof, other);
    expect(await isSpent(spentOn)).toEqual({ spent: 1 });
    expect(await isSpent(other)).toEqual({ spent: 0 });
  });
});

describe("removing a second factor", () => {
  it.each([
    ["step", step(STEP + 1)],
    ["recovery code", code("b", "x")],
  ])("takes a good %s, and leaves nothing behind", async (_, proof) => {
    const { accountId } = await confirmed();
    const other = await confirmed();
    expect(await store.remove(accountId, spending(proof))).toBe(true);
    expect(await store.find(accountId)).toBeNull();
    expect(await codesOf(accountId)).toEqual([]);
    expect(await store.find(other.accountId)).toMatchObject({ recoveryCodesLeft: 3 });
  });

  it.each([
    ["an old step", step(STEP)],
    ["an unknown recovery code", code("d")],
    ["a spent recovery code", code("a")],
  ])("changes nothing for %s", async (_, proof) => {
    const { accountId } = await confirmed();
    await spendSecondFactor(db, accountId, code("a"), id());
    const before = await store.find(accountId);
    expect(await store.remove(accountId, spending(proof))).toBe(false);
    expect(await store.find(accountId)).toEqual(before);
    expect(await codesOf(accountId)).toEqual(["a", "b", "c"]);
  });

  it("leaves a pending one alone", async () => {
    const { accountId } = await enrolled();
    expect(await store.remove(accountId, spending(step(STEP)))).toBe(false);
    expect(await store.find(accountId)).not.toBeNull();
  });

  it("is of a session that lives alone, as is the spending on it", async () => {
    const { accountId } = await confirmed();
    const proof = step(STEP + 1);
    const late = { ...by, at: new Date(8.64e15) };
    expect(await store.remove(accountId, { ...spending(proof), by: late })).toBe(false);
    const event = replaced(accountId);
    const asked = { ...spending(proof), by: late };
    expect(await store.replaceRecoveryCodes(["d"], asked, event)).toBe(false);
    expect(await store.remove(accountId, spending(proof))).toBe(true);
  });

  it("happens once, of twenty at once", async () => {
    const { accountId } = await confirmed();
    const outcomes = await twenty(() => store.remove(accountId, spending(step(STEP + 1))));
    expect(trues(outcomes)).toBe(1);
  });

  it("and signing in cannot both have the same proof", async () => {
    for (const proof of [step(STEP + 1), code("b")]) {
      const { accountId } = await confirmed();
      const [spent, removed] = await Promise.all([
        spendSecondFactor(db, accountId, proof, id()),
        store.remove(accountId, spending(proof)),
      ]);
      expect(trues([spent.length > 0, removed])).toBe(1);
    }
  });
});

describe("spending a passkey", () => {
  const passkeys = d1Passkeys(db);

  async function withPasskey(counter: number) {
    const [passkeyId, accountId] = [id(), id()];
    const kept = { tenantId: context.tenantId, name: "Key", transports: [], isSynced: false };
    const key = { credentialId: passkeyId, publicKey: "", counter, createdAt: now };
    const passkey = { ...kept, ...key, id: passkeyId, accountId, lastUsedAt: null };
    await passkeys.insert(passkey, { by, most: 1 });
    return async (count: number, condition?: SQL, owner = accountId) => {
      const counted = { counter: count, isSynced: false, usedAt: now, closes: false };
      const proof = { kind: "passkey", passkeyId, ...counted } as const;
      return (await spendSecondFactor(db, owner, proof, id(), condition)).length > 0;
    };
  }

  it("takes a counter that has moved, and one that stands still where none ever counted", async () => {
    const spend = await withPasskey(0);
    expect([await spend(0), await spend(0), await spend(5)]).toEqual([true, true, true]);
    expect([await spend(5), await spend(4), await spend(0)]).toEqual([false, false, false]);
    expect(await spend(6)).toBe(true);
  });

  it("is for its owner, and for what else has to hold", async () => {
    const spend = await withPasskey(1);
    expect(await spend(2, undefined, id())).toBe(false);
    expect(await spend(2, sql`false`)).toBe(false);
    expect(await spend(2, sql`true`)).toBe(true);
  });
});

describe("replacing the recovery codes", () => {
  it.each([
    ["step", step(STEP + 1)],
    ["recovery code", code("b", "x")],
  ])("takes a good %s: the old codes die, used or not", async (_, proof) => {
    const { accountId } = await confirmed();
    await spendSecondFactor(db, accountId, code("a"), id());
    const event = replaced(accountId);
    expect(await store.replaceRecoveryCodes(["d", "e"], spending(proof), event)).toBe(true);
    expect(await toldOf(accountId)).toEqual(["recovery-codes-replaced"]);
    expect(await codesOf(accountId)).toEqual(["d", "e"]);
    expect(await store.find(accountId)).toMatchObject({ recoveryCodesLeft: 2 });
  });

  it.each([
    ["an old step", step(STEP)],
    ["an unknown recovery code", code("x")],
  ])("changes nothing for %s", async (_, proof) => {
    const { accountId } = await confirmed();
    const event = replaced(accountId);
    expect(await store.replaceRecoveryCodes(["d"], spending(proof), event)).toBe(false);
    expect(await toldOf(accountId)).toEqual([]);
    expect(await codesOf(accountId)).toEqual(["a", "b", "c"]);
  });

  it("happens once, of twenty at once, and keeps the winner's codes", async () => {
    const { accountId } = await confirmed();
    const outcomes = await twenty((i) =>
      store.replaceRecoveryCodes([`of ${i}`], spending(step(STEP + 1)), replaced(accountId)),
    );
    expect(trues(outcomes)).toBe(1);
    expect(await codesOf(accountId)).toEqual([`of ${outcomes.indexOf(true)}`]);
  });
});
