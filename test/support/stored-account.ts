import { env } from "cloudflare:workers";
import type { Role } from "../../src/core/account/account.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { newId } from "../../src/crypto/new-id.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts, passwords } from "../../src/storage/d1/schema.ts";
import { somebody } from "./people.ts";

const db = openDatabase(env.DB);

export interface StoredAccount {
  id: string;
  email: string;
  tenantId: string;
  role: Role;
  zapier: false;
}

/** Somebody with a proved address whom no request registered, and what their password is kept as. */
export async function storedAccount(
  like: Partial<typeof accounts.$inferInsert> = {},
  hash = "a hash",
): Promise<StoredAccount> {
  const { email, name } = somebody();
  const now = new Date();
  const row = {
    id: newId(now),
    tenantId: DEFAULT_TENANT_ID,
    email,
    name,
    emailVerifiedAt: now,
    createdAt: now,
    updatedAt: now,
    ...like,
  };
  await db.batch([
    db.insert(accounts).values(row),
    db.insert(passwords).values({ accountId: row.id, hash, changedAt: now }),
  ]);
  const { id, tenantId, role = "user" } = row;
  return { id, email: row.email, tenantId, role, zapier: false };
}
