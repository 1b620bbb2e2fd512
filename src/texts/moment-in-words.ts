import { fill } from "./fill.ts";
import type { Texts } from "./texts.ts";

/** A day and a time of day, the same wherever they are read: "28 November 2026 at 20:17 UTC". */
export function momentInWords({ locale, utc }: Texts["time"], moment: Date): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return fill(utc, { time: new Intl.DateTimeFormat(locale, options).format(moment) });
}
