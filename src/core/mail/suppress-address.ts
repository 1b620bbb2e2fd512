import type { Ports } from "../ports.ts";
import type { Suppression, Suppressions } from "./suppression.ts";

const DAY_MS = 86_400_000;

/** One letter may come back by somebody's mistake: how long that may keep the next from going out. */
const FIRST_BOUNCE_MS = DAY_MS;
/** How long after its end a suppression is known, so that what comes back then comes back once more. */
export const SUPPRESSION_KNOWN_MS = 14 * DAY_MS;

/**
 * Sends an address nothing for so many days from when a letter to it came back: for one day where none
 * had a day or more before. A complaint is its reader's own and counts at once.
 */
export async function suppressAddress(
  { clock, settings, suppressions }: Pick<Ports, "clock" | "settings" | "suppressions">,
  { at: toldAt, ...whom }: Omit<Suppression, "until">,
): Promise<void> {
  const now = clock.now();
  // A clock that is ahead of ours must not make it last.
  const at = toldAt > now ? now : toldAt;
  const lastsMs = settings.mailSuppressionDays * DAY_MS;
  const isFirst = whom.reason === "bounced" && !(await cameBackBefore(suppressions, whom, at));
  const until = new Date(at.getTime() + (isFirst ? Math.min(FIRST_BOUNCE_MS, lastsMs) : lastsMs));
  if (until > now) {
    await suppressions.add({ ...whom, at, until });
  }
}

/** Of letters that were under way together one tells as much as all. */
async function cameBackBefore(
  suppressions: Suppressions,
  { tenantId, email }: Pick<Suppression, "tenantId" | "email">,
  at: Date,
): Promise<boolean> {
  const known = new Date(at.getTime() - SUPPRESSION_KNOWN_MS);
  const last = await suppressions.find(tenantId, email, known);
  return last !== null && at.getTime() - last.at.getTime() >= FIRST_BOUNCE_MS;
}
