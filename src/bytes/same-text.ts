import { sameBytes } from "./same-bytes.ts";

/** The same of texts, as UTF-8. */
export function sameText(a: string, b: string): boolean {
  const encoder = new TextEncoder();
  return sameBytes(encoder.encode(a), encoder.encode(b));
}
