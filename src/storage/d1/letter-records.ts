import { and, eq, type SQL, sql } from "drizzle-orm";
import type { LetterRecords, WhichLetter } from "../../core/admin/letter-records.ts";
import { type LetterTexts, letterSettingsFrom } from "../../core/mail/letter-texts.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { namedBatch } from "./named-batch.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import { tenants } from "./schema.ts";

/** What tenants' letters say in their own words, in D1. */
export function d1LetterRecords(db: Database): LetterRecords {
  return {
    async find(slug) {
      const [row] = await db
        .select({ tenantId: tenants.id, letters: tenants.letters })
        .from(tenants)
        .where(eq(tenants.slug, slug));
      return row ? { tenantId: row.tenantId, texts: letterSettingsFrom(row.letters).texts } : null;
    },

    async set(tenantId, which, texts, event) {
      const letters = lettersWith(which, texts);
      const isOne = eq(tenants.id, tenantId);
      const isOther = sql`EXISTS (SELECT 1 FROM ${tenants}
        WHERE ${isOne} AND ${tenants.letters} IS NOT ${letters})`;
      const { there } = await namedBatch(db, {
        recorded: recordWhere(db, event, isOther),
        worded: db
          .update(tenants)
          .set({ letters })
          .where(and(isOne, isRecorded(event))),
        there: db
          .select({ id: tenants.id })
          .from(tenants)
          .where(and(isOne, isStillIn(event.by))),
      });
      return there.length > 0;
    },
  };
}

/** Merged by the store (RFC 7396). What was there before goes: a text that is left out is ours again. */
function lettersWith({ kind, language }: WhichLetter, texts: LetterTexts | null): SQL {
  const at = (said: LetterTexts | null) =>
    JSON.stringify({ texts: { [language]: { [kind]: said } } });
  const cleared = sql`json_patch(coalesce(${tenants.letters}, '{}'), ${at(null)})`;
  return texts ? sql`json_patch(${cleared}, ${at(texts)})` : cleared;
}
