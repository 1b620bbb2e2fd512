import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { sha256Hex } from "../../bytes/sha-256-hex.ts";
import type { Key, KeyOwner, Keys } from "../../core/key/key.ts";
import { accountColumns } from "./account-columns.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { keyColumns } from "./key-columns.ts";
import { once } from "./once.ts";
import { accounts, keys } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** Keys in D1. Their secrets are never written down, and their hashes never leave. */
export function d1Keys(db: Database): Keys {
  const findCaller = once(() => writeFindCaller(db));
  return {
    async insert(key, secret, { by, most }) {
      const row = { ...key, scopes: [...key.scopes], hash: await sha256Hex(secret) };
      const inserted = await db
        .insert(keys)
        .select(
          sql`SELECT ${valuesOf(keys, row)}
            WHERE (SELECT count(*) FROM ${keys} WHERE ${isOf(key)}) < ${most}
              AND ${isStillIn(by)}`,
        )
        .returning({ id: keys.id });
      return inserted.length > 0;
    },

    list: (owner) =>
      db
        .select(keyColumns)
        .from(keys)
        .where(isOf(owner))
        .orderBy(desc(keys.createdAt), desc(keys.id)),

    async remove(owner, keyId, by) {
      const [removed] = await db
        .delete(keys)
        .where(and(eq(keys.id, keyId), isOf(owner), isStillIn(by)))
        .returning({ name: keys.name });
      return removed?.name ?? null;
    },

    async findCaller(secret, now) {
      const [caller] = await findCaller().execute({
        hash: await sha256Hex(secret),
        now: now.getTime(),
      });
      return caller ?? null;
    },

    async touch(keyId, now) {
      await db.update(keys).set({ lastUsedAt: now }).where(eq(keys.id, keyId));
    },
  };
}

function writeFindCaller(db: Database) {
  const isLive = or(isNull(keys.expiresAt), gt(keys.expiresAt, sql.placeholder("now")));
  return db
    .select({ key: keyColumns, account: accountColumns })
    .from(keys)
    .innerJoin(accounts, eq(accounts.id, keys.accountId))
    .where(and(eq(keys.hash, sql.placeholder("hash")), isLive, isNull(accounts.disabledAt)))
    .prepare();
}

function isOf(owner: KeyOwner | Key) {
  return and(
    eq(keys.tenantId, owner.tenantId),
    eq(keys.kind, owner.kind),
    owner.kind === "api" ? eq(keys.accountId, owner.accountId) : undefined,
  );
}
