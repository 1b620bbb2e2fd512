import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { databaseNow } from "./database-clock.ts";
import { inUtc } from "./in-utc.ts";
import { type Row, task } from "./task.ts";

const PASSWORDS = "passwords";
/** A run that did not come, and the one after it. */
const LATE_MS = 2.5 * 3_600_000;

/** Reads, and writes nothing. Goes through every password: not for every minute. */
export const secretStatus = command({
  summary: "Counts what each master secret has sealed, before AUTH_SECRET_PREVIOUS is removed",
  options: {},
  examples: [""],

  plan: () =>
    task({
      intent: "count what each master secret has sealed",
      readsOnly: true,
      statements: {
        current: sql`SELECT mark, at, ${databaseNow} AS now FROM marks WHERE name = 'secret'`,
        sealed: sql`
          SELECT 'signing keys' AS what, substr(sealed_private_jwk, 1, 8) AS id, count(*) AS rows
            FROM signing_keys GROUP BY id
          UNION ALL SELECT 'authenticator apps', substr(sealed_secret, 1, 8) AS id, count(*)
            FROM second_factors GROUP BY id
          UNION ALL SELECT 'recovery codes', substr(digest, 1, 8) AS id, count(*)
            FROM recovery_codes GROUP BY id
          UNION ALL SELECT ${PASSWORDS}, substr(hash, instr(hash, ',k=') + 3, 8) AS id, count(*)
            FROM passwords WHERE hash IS NOT NULL GROUP BY id`,
      },
      report({ current: [current], sealed }) {
        if (!current) {
          return ["The hourly run has not run yet, and says which secret is the current one."];
        }
        return [
          `The current secret is ${current["mark"]}, by the hourly run of ${inUtc(Number(current["at"]))}.`,
          ...late(current),
          ...asTable([
            ["what", "secret", "rows"],
            ...sealed.map(({ what, id, rows }) => [String(what), String(id), String(rows)]),
          ]),
          ...conclusion(sealed.filter(({ id }) => id !== current["mark"])),
        ];
      },
    }),
});

function late({ at, now }: Row): string[] {
  return Number(now) - Number(at) > LATE_MS
    ? ["That run is late: look at the cron trigger of the Worker and its log."]
    : [];
}

function conclusion(elsewhere: readonly Row[]): string[] {
  const count = (rows: readonly Row[]) => rows.reduce((sum, { rows }) => sum + Number(rows), 0);
  const passwords = count(elsewhere.filter(({ what }) => what === PASSWORDS));
  const others = count(elsewhere) - passwords;
  return [
    others > 0
      ? `Rows that are not under it yet: ${others}. Keep AUTH_SECRET_PREVIOUS: the hourly run moves them.`
      : "Keys, apps and recovery codes are all under it.",
    passwords > 0
      ? `Passwords that are not: ${passwords}. Each moves when its owner signs in, or needs a reset by mail once AUTH_SECRET_PREVIOUS is gone.`
      : "So are all passwords.",
  ];
}
