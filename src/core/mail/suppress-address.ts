import type { Ports } from "../ports.ts";
import type { Suppression } from "./suppression.ts";

const DAY_MS = 86_400_000;

/** Sends an address nothing for so many days from when a letter to it came back. */
export async function suppressAddress(
  { clock, settings, suppressions }: Pick<Ports, "clock" | "settings" | "suppressions">,
  { at: toldAt, ...whom }: Omit<Suppression, "until">,
): Promise<void> {
  const now = clock.now();
  // A clock that is ahead of ours must not make it last.
  const at = toldAt > now ? now : toldAt;
  const until = new Date(at.getTime() + settings.mailSuppressionDays * DAY_MS);
  if (until > now) {
    await suppressions.add({ ...whom, at, until });
  }
}
