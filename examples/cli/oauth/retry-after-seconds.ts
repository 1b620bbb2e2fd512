/** The seconds a `Retry-After` header asks for, given as seconds or as a date: RFC 9110 §10.2.3. */
export function retryAfterSeconds(headers: Headers, now: number): number {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) {
    return Number(value);
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1_000));
}
