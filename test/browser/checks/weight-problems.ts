import type { Page } from "playwright-core";

const MAX_BYTES = 15 * 1024;

/** Whether the page weighs too much as it was sent, with its style and all else that it loads. */
export async function weightProblems(page: Page): Promise<string[]> {
  const parts = await page.evaluate(() =>
    [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ].map((entry) => ({
      url: entry.name,
      bytes: (entry as PerformanceResourceTiming).encodedBodySize,
    })),
  );
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
  return sum > MAX_BYTES
    ? [`weighs ${sum} bytes: ${parts.map(({ url, bytes }) => `${url} ${bytes}`).join(", ")}`]
    : [];
}
