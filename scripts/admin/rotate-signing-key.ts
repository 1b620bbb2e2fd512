import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { inUtc } from "./in-utc.ts";
import { nextSigningKey, selectSigningKeys, signingKeysFrom } from "./signing-key-state.ts";
import { type Site, task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";

/** Twice as long as a Worker goes on with what it has read: all know the hour before it comes. */
const TOLD_AHEAD_MS = 2 * 60_000;
/** Past the caches of whoever verifies by the JWKS: 5 minutes of HTTP, and 10 of what jose keeps. */
const SHOWN_MS = 3_600_000;

const soonest = sql`max(${databaseNow} + ${TOLD_AHEAD_MS}, created_at + ${SHOWN_MS})`;

const next = sql`(SELECT kid FROM signing_keys WHERE number = ${nextSigningKey})`;

/** Has the next key, which everybody who verifies knows by now, sign earlier than it would have. */
export const rotateSigningKey = command({
  summary:
    "Has the next signing key take over in two minutes, or an hour after it was made, without one refused token",
  options: {},
  examples: [""],

  plan: () =>
    task({
      intent: "have the next signing key take over in two minutes, or an hour after it was made",
      statements: {
        moved: sql`UPDATE signing_keys SET activates_at = ${soonest}
          WHERE number = ${nextSigningKey} AND activates_at > ${soonest} RETURNING kid`,
        told: tellDeed("signing-key-rotated", { subject: next }),
        keys: selectSigningKeys,
      },
      report({ moved, keys }, site) {
        const coming = signingKeysFrom(keys).find(({ state }) => state === "next");
        if (!coming) {
          throw new Problem(
            "There is no next key yet.",
            `${makesIt(site)} For a key that is not safe any more: ${site.admin("retire-signing-key --kid <kid>")}`,
          );
        }
        const already = moved.length === 0 ? ", as it was" : "";
        return [
          `${coming.kid} signs from ${inUtc(coming.activatesAt)}${already}. It is published, and the one before stays so until its last token has expired.`,
        ];
      },
    }),
});

function makesIt({ runs }: Site): string {
  return runs
    ? `The hourly run makes it, once there is a key that signs. On your machine it does not come by itself: ${runs.hour} while the server runs, and come back.`
    : "The hourly run makes it, at 17 minutes past, once there is a key that signs: come back after it.";
}
