import type { Origin } from "../core/mail/mail-order.ts";
import { countryName } from "../texts/country-name.ts";
import { fill } from "../texts/fill.ts";
import { momentInWords } from "../texts/moment-in-words.ts";
import type { Texts } from "../texts/texts.ts";

/** Where and when something was asked for or done, on one line. What is not known is left out. */
export function originInWords(
  { mail, time }: Texts,
  { city, country, browser, os, at }: Origin,
  was: "asked for" | "done",
): string {
  const { askedFor, askedForFrom, done, doneFrom, client } = mail.origin;
  const [bare, from] = was === "done" ? [done, doneFrom] : [askedFor, askedForFrom];
  const place = [city, country && countryName(time.locale, country)].filter(Boolean).join(", ");
  const facts = [
    place ? fill(from, { place }) : bare,
    browser && os ? fill(client, { browser, os }) : browser || os,
    momentInWords(time, new Date(at)),
  ];
  return facts.filter(Boolean).join(" · ");
}
