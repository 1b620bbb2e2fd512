/** A time as tokens write it. RFC 7519 §2, NumericDate. */
export function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
