import { lt, sql } from "drizzle-orm";
import { SUPPRESSION_KNOWN_MS } from "../../core/mail/suppress-address.ts";
import { UNDO_WINDOW_MS } from "../../core/mail/undo-window.ts";
import type { Chore } from "./clean-up.ts";
import { clearDearestHashes } from "./clear-dearest-hashes.ts";
import type { Database } from "./database.ts";
import { expiredRows } from "./expired-rows.ts";
import { expiredSessions } from "./expired-sessions.ts";
import { purgeEvents } from "./purge-events.ts";
import { addressProofs, emailChanges, keys, revokedTokens, suppressedAddresses } from "./schema.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Ended sessions are kept this long for whoever asks what happened. */
const SESSIONS_KEPT_MS = 7 * DAY_MS;
/** Past the day that a link lives, and the hour of the proof that it gave. */
const PROOFS_KEPT_MS = 2 * DAY_MS;
/** Where the clock of whoever reads a token is a little behind. */
const REVOCATIONS_KEPT_MS = MINUTE_MS;
/** People find a key in their list that has expired, and learn why something stopped. */
const KEYS_KEPT_MS = 90 * DAY_MS;

export type Expired =
  | "sessions"
  | "addressProofs"
  | "emailChanges"
  | "keys"
  | "revocations"
  | "suppressedAddresses"
  | "dearestHashes"
  | "auditEvents";

/** Everything in D1 that does not stay. What is not listed here stays until somebody removes it. */
export function expiredChores(
  db: Database,
  now: Date,
  auditRetentionDays: number,
): Record<Expired, Chore> {
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const undoable = ago(UNDO_WINDOW_MS).getTime();

  return {
    sessions: expiredSessions(db, ago(SESSIONS_KEPT_MS), now),
    addressProofs: expiredRows(db, addressProofs, lt(addressProofs.linkedAt, ago(PROOFS_KEPT_MS))),
    // Changes that cannot be undone any more, and requests as old as those.
    emailChanges: expiredRows(
      db,
      emailChanges,
      sql`${emailChanges.requestedAt} < ${undoable}
        AND (${emailChanges.changedAt} IS NULL OR ${emailChanges.changedAt} < ${undoable})`,
    ),
    keys: expiredRows(db, keys, lt(keys.expiresAt, ago(KEYS_KEPT_MS))),
    revocations: expiredRows(
      db,
      revokedTokens,
      lt(revokedTokens.expiresAt, ago(REVOCATIONS_KEPT_MS)),
    ),
    suppressedAddresses: expiredRows(
      db,
      suppressedAddresses,
      lt(suppressedAddresses.until, ago(SUPPRESSION_KNOWN_MS)),
    ),
    dearestHashes: clearDearestHashes(db),
    auditEvents: purgeEvents(db, ago(auditRetentionDays * DAY_MS), now),
  };
}
