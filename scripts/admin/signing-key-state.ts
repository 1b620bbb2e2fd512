import { sql } from "../sql.ts";
import { databaseNow } from "./database-clock.ts";
import type { Row } from "./task.ts";

export type SigningKeyState = "next" | "current" | "retired" | "withdrawn";

export interface SigningKey {
  kid: string;
  state: SigningKeyState;
  activatesAt: number;
  withdrawnAt: number | null;
  /** Which master secret it is sealed under. */
  secretId: string;
}

/** False for a key that was withdrawn before it was to sign: the one before it goes on. */
export const hasTurn = sql`(withdrawn_at IS NULL OR withdrawn_at >= activates_at)`;

/** The newest first. */
export const selectSigningKeys = sql`SELECT kid, activates_at, withdrawn_at,
    substr(sealed_private_jwk, 1, 8) AS secret_id, ${hasTurn} AS has_turn, ${databaseNow} AS now
  FROM signing_keys ORDER BY number DESC`;

/** What each key is for follows from its times. */
export function signingKeysFrom(rows: readonly Row[]): SigningKey[] {
  const activatesAt = (row: Row) => Number(row["activates_at"]);
  const current = rows.find((row) => activatesAt(row) <= Number(row["now"]) && row["has_turn"]);
  return rows.map((row) => ({
    kid: String(row["kid"]),
    state: stateOf(row, activatesAt(row) > Number(row["now"]), row === current),
    activatesAt: activatesAt(row),
    withdrawnAt: row["withdrawn_at"] as number | null,
    secretId: String(row["secret_id"]),
  }));
}

function stateOf(row: Row, isToCome: boolean, isCurrent: boolean): SigningKeyState {
  if (row["withdrawn_at"] !== null) {
    return "withdrawn";
  }
  if (isToCome) {
    return "next";
  }
  return isCurrent ? "current" : "retired";
}
