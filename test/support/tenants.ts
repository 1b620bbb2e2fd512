import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts, tenants } from "../../src/storage/d1/schema.ts";

export interface EmptyTenant {
  tenantId: string;
  /** Null for the default one, whose paths need not name it. */
  slug: string | null;
}

const db = openDatabase(env.DB);

/** A tenant without accounts, under a name of its own. */
export async function newTenant({
  slug = `t-${crypto.randomUUID().slice(0, 13)}`,
  selfRegistration = true,
} = {}): Promise<EmptyTenant> {
  const id = crypto.randomUUID();
  await db
    .insert(tenants)
    .values({ id, slug, name: slug, selfRegistration, createdAt: new Date(0) });
  return { tenantId: id, slug };
}

/** The default tenant as it was before anybody registered. */
export async function emptiedDefaultTenant(): Promise<EmptyTenant> {
  await db.delete(accounts).where(eq(accounts.tenantId, DEFAULT_TENANT_ID));
  return { tenantId: DEFAULT_TENANT_ID, slug: null };
}

/** Until the test is over, nobody may make an account of the default tenant. */
export async function closeRegistration(): Promise<void> {
  const set = (selfRegistration: boolean) =>
    db.update(tenants).set({ selfRegistration }).where(eq(tenants.id, DEFAULT_TENANT_ID));
  await set(false);
  onTestFinished(async () => {
    await set(true);
  });
}
