import type { Page } from "playwright-core";

/**
 * From its next page on, nobody takes the passkeys that this browser offers where an address is typed:
 * what a page asked for there stays pending until it takes that back. Meanwhile whatever else it asks
 * for is refused, as by any browser.
 */
export async function leaveOffersAlone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    let isOffering = false;
    credentials.get = async (options) => {
      if (isOffering) {
        throw new DOMException("A request is already pending.", "OperationError");
      }
      if (options?.mediation !== "conditional") {
        return get(options);
      }
      isOffering = true;
      return new Promise((_, refuse) => {
        options.signal?.addEventListener("abort", () => {
          isOffering = false;
          refuse(options.signal?.reason);
        });
      });
    };
  });
}
