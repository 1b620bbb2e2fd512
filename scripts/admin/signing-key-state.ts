import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import type { Row } from "./task.ts";

/** `unused` is a key that was to be the next, and was overtaken before its day: it never signs. */
export type SigningKeyState = "next" | "current" | "retired" | "unused" | "withdrawn";

export interface SigningKey {
  kid: string;
  state: SigningKeyState;
  activatesAt: number;
  withdrawnAt: number | null;
  /** Which master secret it is sealed under. */
  secretId: string;
}

/** False for a key that was withdrawn before it was to sign: the one before it goes on. */
const hasTurn = sql`(withdrawn_at IS NULL OR withdrawn_at >= activates_at)`;

/** The newest whose day has come, withdrawn since or not: no key with a lower number signs after it. */
const newestActive = sql`SELECT * FROM signing_keys
  WHERE activates_at <= ${databaseNow} AND ${hasTurn} ORDER BY number DESC LIMIT 1`;

export const signerIsWithdrawn = sql`(SELECT withdrawn_at FROM (${newestActive})) IS NOT NULL`;

/** The number of the key that is to sign next; null where none is. */
export const nextSigningKey = sql`(SELECT max(number) FROM signing_keys
  WHERE withdrawn_at IS NULL AND activates_at > ${databaseNow}
    AND number > coalesce((SELECT number FROM (${newestActive})), 0))`;

/** The newest first. */
export const selectSigningKeys = sql`SELECT kid, activates_at, withdrawn_at,
    substr(sealed_private_jwk, 1, 8) AS secret_id, ${hasTurn} AS has_turn, ${databaseNow} AS now
  FROM signing_keys ORDER BY number DESC`;

/** What each key is for follows from its times, and from the keys after it. */
export function signingKeysFrom(rows: readonly Row[]): SigningKey[] {
  const isToCome = (row: Row) => Number(row["activates_at"]) > Number(row["now"]);
  const active = rows.findIndex((row) => !isToCome(row) && row["has_turn"]);
  return rows.map((row, index) => ({
    kid: String(row["kid"]),
    state: stateOf(row, {
      isToCome: isToCome(row),
      isCurrent: index === active,
      isNewer: active < 0 || index < active,
    }),
    activatesAt: Number(row["activates_at"]),
    withdrawnAt: row["withdrawn_at"] as number | null,
    secretId: String(row["secret_id"]),
  }));
}

function stateOf(
  row: Row,
  { isToCome, isCurrent, isNewer }: Record<"isToCome" | "isCurrent" | "isNewer", boolean>,
): SigningKeyState {
  if (row["withdrawn_at"] !== null) {
    return "withdrawn";
  }
  if (isToCome) {
    return isNewer ? "next" : "unused";
  }
  return isCurrent ? "current" : "retired";
}
