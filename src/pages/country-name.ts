import type { Texts } from "../texts/texts.ts";

/** A country in words. Some codes name none, such as `T1` for Tor: those are shown as they are. */
export function countryName({ time: { locale } }: Texts, code: string): string {
  const isCountry = /^[A-Z]{2}$/.test(code);
  const name = isCountry && new Intl.DisplayNames(locale, { type: "region" }).of(code);
  return name || code;
}
