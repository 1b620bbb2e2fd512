import type { Page } from "playwright-core";

/**
 * What a page refuses is said again in the field that it is about, where somebody finds it who cannot
 * see what stands above the form. WCAG 2.2 §3.3.1, technique ARIA21.
 */
export function blameProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = [...document.querySelectorAll<HTMLElement>('[role="alert"] [id]')];
    const isInField = (id: string) =>
      document.querySelector(`main form [aria-invalid="true"][aria-describedby~="${id}"]`) !== null;
    return said
      .filter(({ id }) => !isInField(id))
      .map(({ innerText }) => `said in no field: ${innerText.slice(0, 80)}`);
  });
}
