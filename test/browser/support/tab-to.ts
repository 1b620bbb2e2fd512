import type { Page } from "playwright-core";

const MOST_STOPS = 40;

/** Presses Tab until what is looked for is in focus. Throws where it is never come by. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const wanted = page.locator(selector);
  for (let left = MOST_STOPS; left > 0; left -= 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`${selector} is never in focus`);
}
