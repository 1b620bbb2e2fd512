import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addressVerified } from "../../src/core/account/address-verified.ts";
import { eventOf } from "../../src/core/audit/record-event.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { emailChanges } from "../../src/storage/d1/schema.ts";
import { alterAccount } from "../support/alter-account.ts";
import { asking, someoneIn } from "../support/asking.ts";
import { somebody } from "../support/people.ts";
import { countRows } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { type StoredAccount, storedAccount } from "../support/stored-account.ts";

const { context } = asking(startService());
const DONE_AT = new Date(Date.now() - 3_600_000);
const BEFORE = new Date(DONE_AT.getTime() - 1);

let who: StoredAccount;
let email: string;
beforeEach(async () => {
  who = await storedAccount();
  ({ email } = somebody());
});

async function gaveUp(
  { id: accountId, tenantId, email: toEmail }: StoredAccount,
  from: string,
  at = DONE_AT,
) {
  const times = { requestedAt: at, changedAt: at };
  await openDatabase(env.DB)
    .insert(emailChanges)
    .values({ id: crypto.randomUUID(), tenantId, accountId, fromEmail: from, toEmail, ...times });
}

/** Uses a link that was mailed to the address, about something done since then. */
function secure() {
  const about = { tenantId: who.tenantId, accountId: who.id, subject: email };
  const event = eventOf(context, "account-secured", about);
  const verified = addressVerified(context, who);
  return context.accounts.secure({ email, at: DONE_AT, since: DONE_AT, event, verified });
}

describe("a link that gives an account back gives it an address that", () => {
  it("the account gave up itself, and nobody else", async () => {
    await gaveUp(await storedAccount(), email);
    expect(await secure()).toBe(false);

    await gaveUp(who, email);
    expect(await secure()).toBe(true);
  });

  it("it gave up since what the link told of was done", async () => {
    await gaveUp(who, email, BEFORE);
    expect(await secure()).toBe(false);
  });

  it("the link was mailed to, whichever others it gave up", async () => {
    await gaveUp(who, somebody().email);
    expect(await secure()).toBe(false);
  });

  it("nobody else has by now", async () => {
    await gaveUp(who, email);
    const other = await storedAccount({ email });
    expect(await secure()).toBe(false);

    await alterAccount(other, { email: somebody().email });
    expect(await secure()).toBe(true);
  });
});

it("a link that gives an account back takes the changes from then on, and leaves earlier ones", async () => {
  await gaveUp(who, email, BEFORE);
  await gaveUp(who, email);

  await secure();

  const left = (condition: string) =>
    countRows("email_changes", `account_id = ? AND ${condition}`, who.id);
  expect(await left("true")).toBe(1);
  expect(await left(`changed_at = ${BEFORE.getTime()}`)).toBe(1);
});

it("a link that gives an account back takes what was begun since: a service key, and a factor that waits", async () => {
  const [by, enrolmentId] = [await someoneIn(context), crypto.randomUUID()];
  const { id: accountId, tenantId } = who;
  const { keys, secondFactors } = context;
  const make = async (createdAt: Date) => {
    const key = {
      ...{ id: crypto.randomUUID(), tenantId, accountId, name: "CI", prefix: "k_", scopes: [] },
      ...{ kind: "service" as const, createdAt, expiresAt: null, lastUsedAt: null },
    };
    await keys.insert(key, crypto.randomUUID(), { by, most: 100 });
    return key.id;
  };
  const older = await make(BEFORE);
  await make(DONE_AT);
  await secondFactors.enrol({ accountId, enrolmentId, sealedSecret: "sealed", by });
  ({ email } = who);

  await secure();

  const left = await keys.list({ kind: "service", tenantId });
  expect(left.filter((key) => key.accountId === accountId).map(({ id }) => id)).toEqual([older]);
  expect(await secondFactors.find(accountId)).toBeNull();
});

it("a link that gives an account back leaves recovery codes that were made before", async () => {
  const [by, enrolmentId] = [await someoneIn(context), crypto.randomUUID()];
  const { id: accountId, tenantId } = who;
  const { auditLog, randomness, secondFactors } = context;
  await secondFactors.enrol({ accountId, enrolmentId, sealedSecret: "sealed", by });
  const confirmation = { accountId, enrolmentId, step: 1, recoveryDigests: ["a"], now: BEFORE, by };
  await secondFactors.confirm(confirmation);
  ({ email } = who);
  const told = eventOf(context, "recovery-codes-replaced", { tenantId, accountId });
  await auditLog.record({ ...told, id: randomness.id(BEFORE), at: BEFORE });

  await secure();

  expect(await secondFactors.find(accountId)).toMatchObject({ recoveryCodesLeft: 1 });
});
