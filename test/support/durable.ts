import { evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { placeOf } from "../../src/storage/durable/kept-by-subject.ts";

/** The Durable Object in which a grant lives. */
export function grantObject(userCode: string) {
  return env.DEVICE_GRANT.get(env.DEVICE_GRANT.idFromName(`${DEFAULT_TENANT_ID} ${userCode}`));
}

/** The Durable Object at which user codes are entered. */
export function codeEntryObject() {
  return env.CODE_ENTRY.get(env.CODE_ENTRY.idFromName(DEFAULT_TENANT_ID));
}

/** The Durable Object in which a mailbox's login code lives, among those of others. */
export async function loginCodeObject({ tenantId, email }: { tenantId: string; email: string }) {
  const { shard } = await placeOf("login-code", tenantId, email);
  return env.LOGIN_CODE.get(env.LOGIN_CODE.idFromName(shard));
}

/** Everything that an object has stored: the entries of its key-value store, and its tables' rows. */
export function storedIn(object: DurableObjectStub): Promise<{ entries: unknown[]; rows: Row[] }> {
  return runInDurableObject(object, async (_, { storage }) => {
    const tables = storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .toArray()
      .filter(({ name }) => !name.startsWith("_cf_"));
    const rows = tables.flatMap(({ name }) =>
      [...storage.sql.exec(`SELECT * FROM ${name}`)].map((row) => ({ table: name, ...row })),
    );
    return { entries: [...(await storage.list())], rows };
  });
}

type Row = { table: string } & Record<string, unknown>;

/** Throws every object of these kinds out of memory, as a deploy does. How many there were. */
export async function evictAll(...namespaces: readonly DurableObjectNamespace[]): Promise<number> {
  let evicted = 0;
  for (const namespace of namespaces) {
    for (const id of await listDurableObjectIds(namespace)) {
      const object = namespace.get(id);
      // Only what is awake can be thrown out.
      await runInDurableObject(object, () => undefined);
      await evictDurableObject(object);
      evicted += 1;
    }
  }
  return evicted;
}
