import type { UserAgents } from "../../core/ports.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";

/** What a `User-Agent` header says: "Firefox 121 on Linux". One that says nothing known, as it is. */
export function programInWords(
  { places }: Texts,
  userAgents: UserAgents,
  userAgent: string | null,
): string {
  const { browser, os } = userAgents.describe(userAgent);
  return browser && os
    ? fill(places.browserOn, { browser, system: os })
    : browser || os || userAgent || places.unknown;
}
