import type { Page } from "playwright-core";

/** The narrowest phone there is, and a wider one zoomed in to 400 %. WCAG 2.2 §1.4.10. */
const NARROW = { width: 320, height: 640 };

/** What reaches beyond the sides of the narrowest screen, whichever way its language is written. */
export async function overflowProblems(page: Page): Promise<string[]> {
  await page.setViewportSize(NARROW);
  const leftToRight = await page.evaluate(reachingBeyond);
  await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  const rightToLeft = await page.evaluate(reachingBeyond);
  await page.evaluate(() => document.documentElement.removeAttribute("dir"));
  return [
    ...leftToRight.map((what) => `reaches beyond the screen: ${what}`),
    ...rightToLeft.map((what) => `reaches beyond the screen from right to left: ${what}`),
  ];
}

/** Runs in the page. */
function reachingBeyond(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const elements = [...document.body.querySelectorAll("*")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -0.5 || right > clientWidth + 0.5);
  });
  const names = elements.map((element) => element.outerHTML.slice(0, 80));
  return scrollWidth > clientWidth ? [`the page, ${scrollWidth} wide`, ...names] : names;
}
