import type { Requester } from "../../core/requester.ts";
import { countryName } from "../../texts/country-name.ts";
import type { Texts } from "../../texts/texts.ts";

/** "Vienna, Austria", as far as it is known. */
export function placeInWords(
  texts: Texts,
  { city, country }: Pick<Requester, "city" | "country">,
): string {
  const known = [city, country && countryName(texts.time.locale, country)].filter(Boolean);
  return known.join(", ") || texts.places.unknown;
}
