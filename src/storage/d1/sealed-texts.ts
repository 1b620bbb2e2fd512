import { type Column, type SQL, sql } from "drizzle-orm";
import type { SealedTexts } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { passwords, recoveryCodes, secondFactors, signingKeys } from "./schema.ts";

/** As the index says which has them: passwords that were hashed here begin with a dollar. */
export const isForeignHash = sql`${passwords.hash} >= '0'`;

/** Everything in D1 that is sealed under the master secret, with what each is sealed for. */
export function d1SealedTexts(db: Database): SealedTexts[] {
  return [
    sealedTexts(db, "signing-key", signingKeys.sealedPrivateJwk),
    sealedTexts(db, "totp-secret", secondFactors.sealedSecret),
    sealedTexts(db, "recovery-code", recoveryCodes.digest),
    sealedTexts(db, "foreign-password-hash", passwords.hash, isForeignHash),
  ];
}

function sealedTexts(
  db: Database,
  purpose: string,
  column: Column,
  isOne: SQL = sql`true`,
): SealedTexts {
  const { table } = column;
  const name = sql.identifier(column.name);

  return {
    purpose,

    async sealedUnder(secretId, most, after = `${secretId}.`) {
      // A range that an index serves: a dot comes before a slash.
      const rows = await db.all<{ text: string }>(sql`
        SELECT ${column} AS text FROM ${table}
        WHERE ${column} > ${after} AND ${column} < ${`${secretId}/`} AND ${isOne}
        ORDER BY ${column} LIMIT ${most}`);
      return rows.map(({ text }) => text);
    },

    async replace(texts) {
      const { meta } = await db.run(sql`
        UPDATE ${table} SET ${name} = text.value ->> 'becomes'
        FROM json_each(${JSON.stringify(texts)}) AS text
        WHERE ${column} = text.value ->> 'was' AND ${isOne}`);
      return meta.changes;
    },
  };
}
