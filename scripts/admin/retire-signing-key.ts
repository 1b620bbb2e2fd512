import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import {
  nextSigningKey,
  selectSigningKeys,
  signerIsWithdrawn,
  signingKeysFrom,
} from "./signing-key-state.ts";
import { task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";

/** How long a Worker goes on with what it has read. */
const REMEMBERED_SECONDS = 60;

/** For an emergency. In one transaction, the next key takes over where the withdrawn one signed. */
export const retireSigningKey = command({
  summary: "Withdraws a signing key at once: every token that it signed dies",
  options: {
    kid: { value: "kid", what: "its id, as list-signing-keys shows it" },
    all: { what: "every key there is: somebody has read the database and the secret" },
  },
  examples: ["--kid 0b6cfa56-5a43-4b4e-9b8b-0d0b6f6f3f43", "--all"],

  plan({ kid, all }) {
    if ((kid === undefined) === !all) {
      throw new Problem("Say which signing key.", "Give either --kid or --all.");
    }
    const isMeant = kid === undefined ? sql`1` : sql`kid = ${kid}`;
    return task({
      intent: `withdraw ${kid === undefined ? "every signing key" : `the signing key ${kid}`}: every access token that it signed is refused from then on`,
      statements: {
        withdrawn: sql`UPDATE signing_keys SET withdrawn_at = ${databaseNow}
          WHERE ${isMeant} AND withdrawn_at IS NULL RETURNING kid`,
        told: tellDeed("signing-key-withdrawn", { subject: kid ?? "all" }),
        promoted: sql`UPDATE signing_keys SET activates_at = ${databaseNow}
          WHERE number = ${nextSigningKey} AND ${signerIsWithdrawn}`,
        keys: selectSigningKeys,
      },
      report({ withdrawn, keys }, site) {
        const left = signingKeysFrom(keys);
        if (kid !== undefined && !left.some((key) => key.kid === kid)) {
          throw new Problem(
            `There is no signing key ${kid}.`,
            `List them: ${site.admin("list-signing-keys")}`,
          );
        }
        const signer = left.find(({ state }) => state === "current");
        return [
          withdrawn.length === 0
            ? "Nothing was left to withdraw."
            : `Withdrawn: ${withdrawn.map((key) => key["kid"]).join(", ")}. Workers that remember it take its tokens for up to ${REMEMBERED_SECONDS} s.`,
          signer ? `${signer.kid} signs now.` : "The next sign-in or refresh makes a new key.",
          `Whoever verifies by ${site.publicUrl}/.well-known/jwks.json may go on for 16 minutes: restart those services.`,
        ];
      },
    });
  },
});
