import { desc, inArray } from "drizzle-orm";
import type { SigningKeyStore } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { signingKeys } from "./schema.ts";

/** Numbered signing keys in D1, their private halves sealed. */
export function d1SigningKeys(db: Database): SigningKeyStore {
  return {
    list: () => db.select().from(signingKeys).orderBy(desc(signingKeys.number)),

    async insert(key) {
      await db.insert(signingKeys).values(key).onConflictDoNothing();
    },

    async remove(numbers) {
      await db.delete(signingKeys).where(inArray(signingKeys.number, [...numbers]));
    },
  };
}
