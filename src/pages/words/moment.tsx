import { momentInWords } from "../../texts/moment-in-words.ts";
import type { Texts } from "../../texts/texts.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** A moment that has passed: "2 minutes ago", and when that was. */
export function Moment({ texts, at, now }: { texts: Texts; at: Date; now: Date }) {
  return (
    <time
      datetime={at.toISOString()}
    >{`${ago(texts, at, now)} (${momentInWords(texts.time, at)})`}</time>
  );
}

function ago({ time: { locale } }: Texts, at: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
  const inWords = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const units = [
    ["day", DAY_SECONDS],
    ["hour", HOUR_SECONDS],
    ["minute", MINUTE_SECONDS],
  ] as const;
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? (["second", 1] as const);
  return inWords.format(-Math.floor(seconds / length), unit);
}
