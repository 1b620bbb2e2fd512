import { type Column, type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { passwords, recoveryCodes, secondFactors, signingKeys, webhooks } from "./schema.ts";
import { isForeignHash } from "./sealed-texts.ts";

/** More of a kind are not counted: what is lost stays, and is counted anew every hour. */
const MOST = 1000;

export type UnderUnknownSecrets = Record<
  "signing_keys" | "second_factors" | "recovery_codes" | "foreign_passwords" | "webhooks",
  number
>;

/**
 * How much is sealed under none of these secrets and opens for nobody, up to 1,000 of a kind. Signing
 * keys that were withdrawn are none that anybody misses, nor is what a webhook has that is turned off.
 */
export async function countUnderUnknownSecrets(
  db: Database,
  secretIds: readonly [string, string],
): Promise<UnderUnknownSecrets> {
  const { withdrawnAt, sealedPrivateJwk } = signingKeys;
  const counted = await db.get<UnderUnknownSecrets>(sql`SELECT
    (SELECT count(*) FROM ${signingKeys}
      WHERE ${withdrawnAt} IS NULL AND substr(${sealedPrivateJwk}, 1, 8) NOT IN ${secretIds}) AS signing_keys,
    ${countBeside(secondFactors.sealedSecret, secretIds)} AS second_factors,
    ${countBeside(recoveryCodes.digest, secretIds)} AS recovery_codes,
    ${countBeside(passwords.hash, secretIds, isForeignHash)} AS foreign_passwords,
    (SELECT count(*) FROM ${webhooks}
      WHERE ${webhooks.disabledAt} IS NULL AND (${isLost(webhooks.secret, secretIds)}
        OR ${isLost(webhooks.previousSecret, secretIds)})) AS webhooks`);
  return counted;
}

/** The next minute seals what an operator entered, and forgets what signs no more. */
function isLost(column: Column, secretIds: readonly [string, string]): SQL {
  return sql`(${column} NOT LIKE 'whsec|_%' ESCAPE '|' AND substr(${column}, 1, 8) NOT IN ${secretIds})`;
}

/** Before, between and behind what the two have sealed: ranges that an index serves, as a dot comes before a slash. */
function countBeside(column: Column, secretIds: readonly [string, string], isOne: SQL = sql`true`) {
  const [first, second] = secretIds.toSorted();
  const { table } = column;
  return sql`(SELECT count(*) FROM (
    SELECT 1 FROM ${table} WHERE ${column} < ${`${first}.`} AND ${isOne}
    UNION ALL SELECT 1 FROM ${table}
      WHERE ${column} > ${`${first}/`} AND ${column} < ${`${second}.`} AND ${isOne}
    UNION ALL SELECT 1 FROM ${table} WHERE ${column} > ${`${second}/`} AND ${isOne}
    LIMIT ${MOST}))`;
}
