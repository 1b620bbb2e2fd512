/** Up to this share of a wait is added by chance, so that clients cut off together do not return together. */
const jitter = 0.5;

/**
 * How long to wait after so many failures in a row: twice as long after each, up to a cap that chance
 * may exceed by half. A server that asks for more gets more.
 */
export function backOffSeconds(
  failures: number,
  { baseSeconds, capSeconds }: { readonly baseSeconds: number; readonly capSeconds: number },
  retryAfterSeconds: number,
  random: () => number,
): number {
  const seconds = Math.min(baseSeconds * 2 ** (failures - 1), capSeconds);
  return Math.max(seconds, retryAfterSeconds) * (1 + jitter * random());
}
