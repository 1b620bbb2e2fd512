import { parseAccept } from "hono/utils/accept";
import { DEFAULT_LANGUAGE, type Language, languageNamed } from "../core/language.ts";

/** Longer than any browser's: the rest is not read. */
const HEADER_MAX_LENGTH = 200;

/** The language that a browser likes best of ours, whatever region it names. RFC 9110 §12.5.4. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const liked = parseAccept(acceptLanguage?.slice(0, HEADER_MAX_LENGTH) ?? "").filter(
    ({ q }) => q > 0,
  );
  return liked.map(({ type }) => languageNamed(type)).find(Boolean) ?? DEFAULT_LANGUAGE;
}
