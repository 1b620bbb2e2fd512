/** The seconds a `Retry-After` header asks for, given as seconds or as a date; null without one. RFC 9110 §10.2.3. */
export function retryAfterSeconds(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) {
    return Number(value);
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}
