/**
 * Whether these are the same bytes, in a time that does not say how many of them are. That of other
 * lengths is no secret, for which `timingSafeEqual` throws.
 */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}
