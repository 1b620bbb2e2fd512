import type { Locator, Page, Response } from "playwright-core";

/** What is typed, or true for a box that is ticked, by the names of the fields. */
export type Typed = Readonly<Record<string, string | true>>;

/**
 * Fills in a form and presses its button, whatever language the page speaks. Gives the answer that is
 * then shown.
 */
export async function sendForm(
  page: Page,
  typed: Typed = {},
  button = "main form button >> nth=0",
): Promise<Response> {
  const pressed = page.locator(button);
  const form = pressed.locator("xpath=ancestor::form");
  for (const [name, value] of Object.entries(typed)) {
    await fillIn(form.locator(`[name="${name}"]:not([type=hidden])`), value);
  }
  return following(page, () => pressed.click());
}

function fillIn(field: Locator, value: string | true): Promise<void> {
  return value === true ? field.check() : field.fill(value);
}

/** Does what leads to another page, and gives the answer that is then shown. */
export async function following(page: Page, act: () => Promise<unknown>): Promise<Response> {
  const [response] = await Promise.all([page.waitForNavigation(), act()]);
  if (!response) {
    throw new Error(`nothing answered beyond ${page.url()}`);
  }
  return response;
}
