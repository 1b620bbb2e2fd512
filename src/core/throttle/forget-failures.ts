const DAY_MS = 24 * 3600 * 1000;
/** So long that nobody gets a fresh hundred guesses by waiting. */
const FORGOTTEN_AFTER_MS = 365 * DAY_MS;
/** A slip or two, or an address that somebody made up: not worth a year. */
const SLIPS = 2;
const SLIPS_FORGOTTEN_AFTER_MS = 30 * DAY_MS;

/** When failures in a row are forgotten that nothing has ended, counted from the last of them. */
export function forgetFailuresAt(failures: number, now: Date): Date {
  const kept = failures <= SLIPS ? SLIPS_FORGOTTEN_AFTER_MS : FORGOTTEN_AFTER_MS;
  return new Date(now.getTime() + kept);
}
