import type { Page, Response } from "playwright-core";

/**
 * Fills in fields by their names and presses a button, whatever language the page speaks. Gives the
 * answer that is then shown.
 */
export async function sendForm(
  page: Page,
  fields: Readonly<Record<string, string>> = {},
  button = "main form button >> nth=0",
): Promise<Response> {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`[name="${name}"]:not([type=hidden])`).fill(value);
  }
  return following(page, () => page.locator(button).click());
}

/** Does what leads to another page, and gives the answer that is then shown. */
export async function following(page: Page, act: () => Promise<unknown>): Promise<Response> {
  const [response] = await Promise.all([page.waitForNavigation(), act()]);
  if (!response) {
    throw new Error(`nothing answered beyond ${page.url()}`);
  }
  return response;
}
