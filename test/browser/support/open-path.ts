import type { Page, Response } from "playwright-core";

/** Opens an address as if it was typed, and gives what answered. */
export async function openPath(page: Page, address: string | URL): Promise<Response> {
  const response = await page.goto(String(address));
  if (!response) {
    throw new Error(`nothing answered at ${address}`);
  }
  return response;
}
