import type { Page } from "playwright-core";

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";

/**
 * Goes through the page by Tab: everything that can be used is come by once, in the order in which
 * it is read, can be seen, and shows that it is in focus. WCAG 2.2 §2.1.1, §2.4.3, §2.4.7, §2.4.11.
 */
export async function keyboardProblems(page: Page): Promise<string[]> {
  const expected = await page.evaluate(usableIn, FOCUSABLE);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let left = expected.length; left > 0; left -= 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(focused));
  }
  return [
    ...orderProblems(expected, stops),
    ...stops.filter(({ isSeen }) => !isSeen).map(({ what }) => `focused out of sight: ${what}`),
    ...stops.filter(({ isMarked }) => !isMarked).map(({ what }) => `focused unmarked: ${what}`),
    ...stops.filter(isAboveEarlier).map(({ what }) => `focused after what is below it: ${what}`),
  ];
}

interface Stop {
  what: string;
  /** Where it is on the page, however it was scrolled. */
  top: number;
  bottom: number;
  isSeen: boolean;
  isMarked: boolean;
}

function orderProblems(expected: readonly string[], stops: readonly Stop[]): string[] {
  return expected
    .map((what, index) => [what, stops[index]?.what ?? "nothing"] as const)
    .filter(([what, came]) => what !== came)
    .map(([what, came]) => `focused ${came} instead of ${what}`);
}

function isAboveEarlier({ bottom }: Stop, index: number, stops: readonly Stop[]): boolean {
  const earlier = stops[index - 1];
  return earlier !== undefined && bottom <= earlier.top;
}

/** Runs in the page: what can be used, in the order of the document. */
function usableIn(focusable: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(focusable)]
    .filter((element) => element.checkVisibility() && !element.matches(":disabled"))
    .map((element) => element.outerHTML.slice(0, 80));
}

/** Runs in the page. */
function focused(): Stop {
  const element = document.activeElement ?? document.body;
  const { top, bottom } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    what: element.outerHTML.slice(0, 80),
    top: top + scrollY,
    bottom: bottom + scrollY,
    isSeen: top < innerHeight && bottom > 0,
    isMarked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
  };
}
