import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Account } from "../../src/core/account/account.ts";
import { accountMade } from "../../src/core/account/account-made.ts";
import type { Key, KeyOwner } from "../../src/core/key/key.ts";
import { d1Accounts } from "../../src/storage/d1/accounts.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1Keys } from "../../src/storage/d1/keys.ts";
import { asking, openedSession, someoneIn } from "../support/asking.ts";
import { disableAccount } from "../support/disabled.ts";
import { startService } from "../support/service.ts";

const db = openDatabase(env.DB);
const { context } = asking(startService());
const store = d1Keys(db);
const now = new Date("2026-05-01T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const id = () => crypto.randomUUID();

async function storedAccount(tenantId = id()): Promise<Account> {
  const account: Account = {
    id: id(),
    tenantId,
    email: `${id()}@example.test`,
    name: "Robin Example",
    givenName: "Robin",
    familyName: "Example",
    role: "user",
    emailVerifiedAt: null,
    mustResetPassword: false,
    zapier: false,
    twoFactorEnabled: false,
    trialEndsAt: null,
    profile: { locale: "de-AT" },
    createdAt: now,
    updatedAt: now,
  };
  const event = accountMade(context, account);
  await d1Accounts(db).insert({ account, passwordHash: "a hash", event });
  return account;
}

async function storedKey(
  account: Account,
  change: Partial<Key> = {},
): Promise<{ key: Key; secret: string }> {
  const { id: accountId, tenantId } = account;
  const { id: sessionId } = await openedSession(context, account);
  const by = { sessionId, at: now };
  const key: Key = {
    id: id(),
    tenantId,
    accountId,
    kind: "api",
    name: "A key",
    prefix: "plnx_live_abcd",
    scopes: ["profile:read"],
    createdAt: now,
    expiresAt: null,
    lastUsedAt: null,
    ...change,
  };
  const secret = `secret of ${key.id}`;
  expect(await store.insert(key, secret, { by, most: 100 })).toBe(true);
  return { key, secret };
}

const keysOf = ({ id: accountId, tenantId }: Account) =>
  ({ kind: "api", tenantId, accountId }) as const;

describe("a key's secret", () => {
  it("finds the key and its account", async () => {
    const account = await storedAccount();
    const { key, secret } = await storedKey(account);

    expect(await store.findCaller(secret, now)).toEqual({ key, account });
  });

  it("is kept as its SHA-256 alone", async () => {
    const { key, secret } = await storedKey(await storedAccount());
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));

    const row = await env.DB.prepare("SELECT * FROM keys WHERE id = ?").bind(key.id).first();

    expect(row?.["hash"]).toBe(new Uint8Array(digest).toHex());
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it("finds nothing by the hash, or by another text", async () => {
    const { key, secret } = await storedKey(await storedAccount());
    const row = await env.DB.prepare("SELECT hash FROM keys WHERE id = ?").bind(key.id).first();

    expect(await store.findCaller(String(row?.["hash"]), now)).toBeNull();
    expect(await store.findCaller(secret.toUpperCase(), now)).toBeNull();
  });

  it("is good until the key expires, to the millisecond", async () => {
    const { secret } = await storedKey(await storedAccount(), { expiresAt: later(60) });

    expect(await store.findCaller(secret, later(59.999))).not.toBeNull();
    expect(await store.findCaller(secret, later(60))).toBeNull();
  });

  it("finds nothing once the account is disabled", async () => {
    const account = await storedAccount();
    const { secret } = await storedKey(account);
    await disableAccount(account.email);

    expect(await store.findCaller(secret, now)).toBeNull();
  });

  it("is looked up by an index", async () => {
    const { results } = await env.DB.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM keys WHERE hash = ?")
      .bind("")
      .all<{ detail: string }>();

    expect(results.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/USING .*INDEX keys_hash_unique/),
    ]);
  });
});

it("a key is made by a session that lives alone, and no more of them than are allowed", async () => {
  const account = await storedAccount();
  const { id: sessionId } = await openedSession(context, account);
  const { key: kept } = await storedKey(account);
  const insert = (most: number) => {
    const key = { ...kept, id: id() };
    return store.insert(key, `secret of ${key.id}`, { by: { sessionId, at: now }, most });
  };

  expect(await insert(1)).toBe(false);
  expect(await insert(2)).toBe(true);
  await context.sessions.end({ accountId: account.id, sessionId }, now);
  expect(await insert(100)).toBe(false);
  expect(await store.list(keysOf(account))).toHaveLength(2);
});

describe("a list of keys", () => {
  it("has an account's own, the newest first, expired ones too", async () => {
    const account = await storedAccount();
    const neighbour = await storedAccount(account.tenantId);
    const { key: first } = await storedKey(account, { expiresAt: later(-1) });
    const { key: second } = await storedKey(account, { createdAt: later(1) });
    await storedKey(account, { kind: "service" });
    await storedKey(neighbour);

    expect(await store.list(keysOf(account))).toEqual([second, first]);
  });

  it("has a tenant's service keys, whoever made them", async () => {
    const account = await storedAccount();
    const { tenantId } = account;
    const neighbour = await storedAccount(tenantId);
    const { key: first } = await storedKey(account, { kind: "service" });
    const { key: second } = await storedKey(neighbour, { kind: "service", createdAt: later(1) });
    await storedKey(account);
    await storedKey(await storedAccount(), { kind: "service" });

    expect(await store.list({ kind: "service", tenantId })).toEqual([second, first]);
  });
});

describe("removing a key", () => {
  const remove = async (owner: KeyOwner, keyId: string) =>
    store.remove(owner, keyId, await someoneIn(context));

  it("ends it, once", async () => {
    const account = await storedAccount();
    const { key, secret } = await storedKey(account);

    expect(await remove(keysOf(account), key.id)).toBe(key.name);
    expect(await remove(keysOf(account), key.id)).toBeNull();
    expect(await store.findCaller(secret, now)).toBeNull();
  });

  it("is for its owner alone", async () => {
    const account = await storedAccount();
    const { tenantId } = account;
    const { key, secret } = await storedKey(account);
    const { key: service } = await storedKey(account, { kind: "service" });

    expect(await remove(keysOf(await storedAccount(tenantId)), key.id)).toBeNull();
    expect(await remove({ ...keysOf(account), tenantId: id() }, key.id)).toBeNull();
    expect(await remove({ kind: "service", tenantId }, key.id)).toBeNull();
    expect(await remove(keysOf(account), service.id)).toBeNull();
    expect(await remove({ kind: "service", tenantId: id() }, service.id)).toBeNull();
    expect(await store.findCaller(secret, now)).not.toBeNull();
  });
});

it("touching a key says when it was used last", async () => {
  const { key, secret } = await storedKey(await storedAccount());

  await store.touch(key.id, later(5));

  expect((await store.findCaller(secret, now))?.key.lastUsedAt).toEqual(later(5));
});
