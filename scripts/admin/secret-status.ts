import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { inUtc } from "./in-utc.ts";
import { type Row, type Site, task } from "./task.ts";

const PASSWORDS = "passwords";
const HOUR_MS = 3_600_000;
/** A run that did not come, and the one after it. */
const LATE_MS = 2.5 * HOUR_MS;
/** The cron trigger in wrangler.toml: this long after each full hour. */
export const RUN_AT_MS = 17 * 60_000;

/** Reads, and writes nothing. Goes through every password: not for every minute. */
export const secretStatus = command({
  summary: "Counts what each master secret has sealed, before AUTH_SECRET_PREVIOUS is removed",
  options: {},
  onlyReads: true,
  examples: [""],

  plan: () =>
    task({
      intent: "count what each master secret has sealed",
      readsOnly: true,
      statements: {
        run: sql`SELECT mark, at, ${databaseNow} AS now FROM marks WHERE name = 'secret'`,
        sealed: sql`
          SELECT 'signing keys' AS what, substr(sealed_private_jwk, 1, 8) AS id, count(*) AS rows
            FROM signing_keys GROUP BY id
          UNION ALL SELECT 'authenticator apps', substr(sealed_secret, 1, 8) AS id, count(*)
            FROM second_factors GROUP BY id
          UNION ALL SELECT 'recovery codes', substr(digest, 1, 8) AS id, count(*)
            FROM recovery_codes GROUP BY id
          UNION ALL SELECT 'imported passwords', substr(hash, 1, 8) AS id, count(*)
            FROM passwords WHERE hash >= '0' GROUP BY id
          UNION ALL SELECT ${PASSWORDS}, substr(hash, instr(hash, ',k=') + 3, 8) AS id, count(*)
            FROM passwords WHERE hash < '0' GROUP BY id`,
        // Apart: D1 takes five terms in one compound SELECT.
        webhooks: sql`SELECT 'webhook secrets' AS what, substr(secret, 1, 8) AS id, count(*) AS rows
          FROM (SELECT secret FROM webhooks UNION ALL SELECT previous_secret FROM webhooks)
          WHERE secret NOT LIKE 'whsec|_%' ESCAPE '|' GROUP BY id`,
      },
      report({ run: [run], sealed: inTables, webhooks }, { runs }) {
        const sealed = [...inTables, ...webhooks];
        if (!run) {
          return [
            "The hourly run, which says which secret is current, has not run yet.",
            ...byHand(runs),
          ];
        }
        const seen = secretsSeen(run, runs);
        return [
          `The current secret is ${seen.current}, the one before ${seen.previous ?? "none"}, by the hourly run of ${inUtc(Number(run["at"]))}.`,
          ...(runs ? byHand(runs) : late(run)),
          `Secrets that were set since then are not known here before the next run, ${seen.nextRun}.`,
          ...asTable([
            ["what", "secret", "rows"],
            ...sealed.map(({ what, id, rows }) => [String(what), String(id), String(rows)]),
          ]),
          ...conclusion(sealed, seen),
        ];
      },
    }),
});

function late({ at, now }: Row): string[] {
  return Number(now) - Number(at) > LATE_MS
    ? ["That run is late: look at the cron trigger of the Worker and its log."]
    : [];
}

function byHand(runs: Site["runs"]): string[] {
  return runs
    ? [`On your machine it does not come by itself: ${runs.hour} while the server runs.`]
    : [];
}

interface Seen {
  current: string;
  previous: string | null;
  /** When the next run will have seen what is set now. */
  nextRun: string;
}

function secretsSeen({ mark, now }: Row, runs: Site["runs"]): Seen {
  const [current = "", previous = null] = String(mark).split(" ");
  const hour = Math.floor((Number(now) - RUN_AT_MS) / HOUR_MS) + 1;
  const nextRun = runs ? "when you start it" : `at ${inUtc(hour * HOUR_MS + RUN_AT_MS)}`;
  return { current, previous, nextRun };
}

/**
 * Only the run knows which secrets are set, and it knows those of its hour: what it has not seen is
 * never called safe, since whoever believes it may delete the only key to every second factor.
 */
function conclusion(sealed: readonly Row[], { current, previous, nextRun }: Seen): string[] {
  const count = (counts: (what: string, id: string) => boolean) =>
    sealed
      .filter(({ what, id }) => counts(String(what), String(id)))
      .reduce((sum, { rows }) => sum + Number(rows), 0);
  const before = count((what, id) => what !== PASSWORDS && id === previous);
  const unknown = count((what, id) => what !== PASSWORDS && ![current, previous].includes(id));
  const passwords = count((what, id) => what === PASSWORDS && id === previous);
  const lost = count((what, id) => what === PASSWORDS && ![current, previous].includes(id));
  return [
    ...(before > 0
      ? [
          `Rows that are not under it yet: ${before}. Keep the secret before: they move by themselves.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `Rows under a secret that run did not see: ${unknown}. If it is set since, wait for the next run, ${nextRun}; a lost one opens nothing.`,
        ]
      : []),
    ...(previous === null
      ? [
          `That run saw no secret beside it. If one is set since, remove nothing: the next run is ${nextRun}.`,
        ]
      : []),
    ...(previous !== null && before + unknown === 0
      ? [
          `Keys, apps, recovery codes, imported passwords and webhooks are all under it, and none needs ${previous}. If you have set another secret since that run, remove nothing: the next one is ${nextRun}.`,
        ]
      : []),
    ...(passwords > 0
      ? [
          `Passwords that are not: ${passwords}. Each moves when its owner signs in, or needs a reset by mail once the secret before is gone.`,
        ]
      : []),
    ...(lost > 0
      ? [
          `Passwords under a secret that run did not see: ${lost}. If it is set since, wait for the next run, ${nextRun}; by a lost one their owners do not get in, and need a reset by mail.`,
        ]
      : []),
    ...(passwords + lost === 0 ? ["All passwords are under it."] : []),
  ];
}
