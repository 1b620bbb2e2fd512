import { type BrowserContextOptions, devices } from "playwright-core";
import type { Language } from "../../../src/core/language.ts";
import { anAddress } from "../../live/support/an-address.ts";
import { issuer } from "../../live/support/issuer.ts";
import { HOME, headersFrom, type Place } from "./place.ts";

/** How somebody looks at the pages. */
export interface View {
  device?: Device;
  scheme?: Scheme;
  language?: Language;
  place?: Place;
  /** Off unless a test is about what a script adds: every page has to do without. */
  javaScript?: boolean;
  /** Where the pages may lead, beside Latchkey, by origin. */
  leadsTo?: readonly string[];
  /** What has to go wrong, in the browser's words. */
  stopped?: RegExp;
}

export type Device = keyof typeof sizes;
export type Scheme = "light" | "dark";

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;

const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** What Playwright calls it. Each browser is at an address of its own, so that attempts do not add up. */
export function contextOptions(view: View): BrowserContextOptions {
  const { device = "desktop", scheme = "light", language = "en", place = HOME } = view;
  return {
    baseURL: issuer,
    viewport: sizes[device],
    ...(device === "phone" && {
      isMobile: true,
      hasTouch: true,
      userAgent: devices["Pixel 7"]?.userAgent ?? "",
    }),
    colorScheme: scheme,
    locale: locales[language],
    javaScriptEnabled: view.javaScript ?? false,
    extraHTTPHeaders: headersFrom(anAddress(), place),
  };
}
