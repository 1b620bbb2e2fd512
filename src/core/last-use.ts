const WRITTEN_EVERY_MS = 5 * 60 * 1000;

/**
 * Whether a use is worth writing down after the one that was: when a session or key was last used is
 * known to five minutes, so that using it writes nothing most of the time.
 */
export function isWorthWriting(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > WRITTEN_EVERY_MS;
}
