import { join } from "node:path";
import type { Page } from "playwright-core";
import { screenshotFolder } from "./screenshot-folder.ts";
import { type Device, type Scheme, sizes } from "./view.ts";

/** Looks at a page in a scheme and on a device, and keeps a picture of it. */
export async function look(
  page: Page,
  name: string,
  { scheme, device }: { scheme: Scheme; device: Device },
): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize(sizes[device]);
  const path = join(screenshotFolder, `${name}-${scheme}-${device}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
}
