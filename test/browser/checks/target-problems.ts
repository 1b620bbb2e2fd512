import type { Page } from "playwright-core";

/** What a finger hits wherever it stands, and what it hits when there is room around it. WCAG 2.2 §2.5.5, §2.5.8. */
const HEIGHTS = { control: 44, link: 24 };

/** Controls that are too low to be hit by a finger. Links within a sentence are as high as its line. */
export function targetProblems(page: Page): Promise<string[]> {
  return page.evaluate(tooLow, HEIGHTS);
}

/** Runs in the page. */
function tooLow(heights: typeof HEIGHTS): string[] {
  const isWithinSentence = (link: Element) =>
    link.parentElement?.textContent?.trim() !== link.textContent?.trim();
  /** A box to tick is hit by its label as well. */
  const partsOf = (control: Element) =>
    control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)
      ? [control, ...(control.labels ?? [])]
      : [control];
  const heightOf = (element: Element) => {
    const boxes = partsOf(element).map((part) => part.getBoundingClientRect());
    const top = Math.min(...boxes.map((box) => box.top));
    return Math.max(...boxes.map((box) => box.bottom)) - top;
  };
  const controls = [
    ...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary"),
  ].map((control) => [control, heights.control] as const);
  const links = [...document.querySelectorAll("a[href]")]
    .filter((link) => !isWithinSentence(link))
    .map((link) => [link, heights.link] as const);
  return [...controls, ...links]
    .map(([element, least]) => [element, least, heightOf(element)] as const)
    .filter(([, least, height]) => height > 0 && height < least)
    .map(
      ([{ outerHTML }, least, height]) => `${height} of ${least} high: ${outerHTML.slice(0, 80)}`,
    );
}
