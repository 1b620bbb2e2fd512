/** Longer than this no poll is held: proxies on the way give up on answers that take half a minute. */
export const MAX_WAIT_SECONDS = 25;

/** A preference ends at a comma that no quoted string holds. One that is not closed ends nowhere. */
const PREFERENCES = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/g;
const NAME = /^[^=;]*/;
const WAIT = /^[^=]*=\s*("?)(\d+)\1\s*(?:;|$)/;

/**
 * For how many seconds a `Prefer` header lets its answer wait, at most `MAX_WAIT_SECONDS`; 0 where it
 * says nothing that can be read. Of several, the first counts. RFC 7240 §2, §4.3.
 */
export function preferWait(header: string | undefined): number {
  const wait = header
    ?.match(PREFERENCES)
    ?.find((preference) => preference.match(NAME)?.[0].trim().toLowerCase() === "wait");
  return Math.min(Number(wait?.match(WAIT)?.[2] ?? 0), MAX_WAIT_SECONDS);
}
