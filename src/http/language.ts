import { parseAccept } from "hono/utils/accept";
import { DEFAULT_LANGUAGE, type Language, languages } from "../core/language.ts";

/** Longer than any browser's: the rest is not read. */
const HEADER_MAX_LENGTH = 200;

/** The language that a browser likes best of ours, whatever region it names. RFC 9110 §12.5.4. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const liked = parseAccept(acceptLanguage?.slice(0, HEADER_MAX_LENGTH) ?? "")
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase().split("-")[0]);
  return liked.flatMap((tag) => languages.filter((known) => known === tag))[0] ?? DEFAULT_LANGUAGE;
}
