import type { Browser, Page } from "../support/browser.ts";

/** Opens the page of a device and decides about it, as whoever is signed in there. */
export async function decide(browser: Browser, userCode: string, decision: string): Promise<Page> {
  const { form } = await browser.open(`/device?user_code=${userCode}`);
  return browser.submit(form("/device"), { decision });
}
