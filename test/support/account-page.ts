import { expect } from "vitest";
import type { Page } from "./browser.ts";
import type { Person } from "./people.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

/** A browser that says what it is, in a place that the edge knows. */
export const AT_HOME = {
  program: FIREFOX,
  place: { city: "Vienna", country: "AT", asOrganization: "Home Net" },
};

/** Exact moments: how long ago they are stands beside them. */
const MOMENT = /\d+ \w+ \d{4} at \d\d:\d\d UTC|\d+\. [\wä]+ \d{4} um \d\d:\d\d(?= UTC)( UTC)?/g;

/** What an account page says, each exact moment redacted, without whose it is, which is on every one. */
export function said({ status, title, lines }: Page, { email }: Person) {
  const [whose, signOut] = lines.slice(-2);
  expect([`Signed in as ${email}`, `Angemeldet als ${email}`]).toContain(whose);
  expect(["Not you? Sign out", "Nicht Sie? Abmelden"]).toContain(signOut);
  return {
    status,
    title,
    lines: lines.slice(0, -2).map((line) => line.replace(MOMENT, "<moment>")),
  };
}
