import type { Page } from "playwright-core";

/** Scripts that the page waits for before it is shown. What stands within it, its policy stops. */
export function scriptProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const awaited = [...document.scripts].filter(
      ({ type, defer, async }) => !(type === "module" || defer || async),
    );
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    return [
      ...awaited.map(({ outerHTML }) => `waits for ${outerHTML.slice(0, 80)}`),
      ...(painted ? [] : ["was never painted"]),
    ];
  });
}
