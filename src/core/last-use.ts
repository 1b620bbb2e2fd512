import type { Context } from "./ports.ts";

const WRITTEN_EVERY_MS = 5 * 60 * 1000;

/** A session or key as far as its use is written down. */
interface Used {
  id: string;
  lastUsedAt: Date | null;
}

/** Where sessions or keys are kept. */
interface Store {
  touch(id: string, now: Date): Promise<void>;
}

/**
 * Writes down after the answer that a session or key was used, where that is worth it. Whoever lets
 * something in by one says so here: the session that was used longest ago is the first to give way.
 */
export function noteUse(
  { afterwards, clock }: Pick<Context, "afterwards" | "clock">,
  store: Store,
  { id, lastUsedAt }: Used,
): void {
  const now = clock.now();
  if (isWorthWriting(lastUsedAt, now)) {
    afterwards(store.touch(id, now));
  }
}

/** When a session or key was last used is known to five minutes: most of the time its use writes nothing. */
function isWorthWriting(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > WRITTEN_EVERY_MS;
}
