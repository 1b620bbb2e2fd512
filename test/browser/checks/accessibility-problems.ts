import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What may be right in one scheme and on one screen, and wrong on another. */
const LOOKS = [
  "color-contrast",
  "link-in-text-block",
  "scrollable-region-focusable",
  "target-size",
];

/**
 * What axe-core finds on the page as it is shown now, down to what is minor, with where it is: by
 * every rule, or by those that a change of scheme or screen may break.
 */
export async function accessibilityProblems(page: Page, by: "all" | "looks"): Promise<string[]> {
  if (await page.evaluate(() => !("axe" in window))) {
    // Through the debugger, which the page's policy leaves alone: `addScriptTag` would break it.
    await page.evaluate(source);
  }
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(by === "all" ? { rules: { "target-size": { enabled: true } } } : { runOnly: LOOKS }),
  };
  const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), options);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => {
      const [, why = ""] = failureSummary.split("\n");
      return `${id} (${impact}) at ${target.join(" ")}: ${why.trim()}`;
    }),
  );
}
