import assert from "node:assert/strict";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { screenshotFolder } from "./screenshot-folder.ts";
import { contextOptions, type View } from "./view.ts";
import { watch } from "./watch.ts";

/** Opens a browser that nobody has used yet. */
export type Open = (view?: View) => Promise<Page>;

// biome-ignore format: one a line
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** In milliseconds. A machine that is busy fails nothing: only what never comes takes as long. */
const PATIENCE = 180_000;

let started: Promise<Browser> | undefined;
after(async () => (await started)?.close());

/**
 * A test in a real browser. Whatever it opens is watched: nothing may go wrong on any page that it
 * passes, whether it looks there or not. Chromium is shared by the tests of a file.
 */
export function inBrowser(
  steps: (open: Open) => Promise<void>,
): (test: TestContext) => Promise<void> {
  return async (test) => {
    started ??= launch();
    const browser = await started;
    const contexts: BrowserContext[] = [];
    const watches: (() => Promise<readonly string[]>)[] = [];
    const open: Open = async (view = {}) => {
      const context = await browser.newContext(contextOptions(view));
      context.setDefaultTimeout(PATIENCE);
      contexts.push(context);
      watches.push(watch(context, view));
      return context.newPage();
    };
    const complaints = async () =>
      (await Promise.all(watches.map((complaintsSoFar) => complaintsSoFar()))).flat();
    try {
      await steps(open);
      assert.deepEqual(await complaints(), []);
    } catch (error) {
      await keepPictures(test, contexts);
      (await complaints()).map((complaint) => test.diagnostic(complaint));
      throw error;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "",
    headless: !process.env["HEADED"],
    args: ARGUMENTS,
    timeout: PATIENCE,
  });
}

/** What was to be seen when a test failed. */
async function keepPictures(test: TestContext, contexts: readonly BrowserContext[]): Promise<void> {
  const name = test.name.replaceAll(/\W+/g, "-").slice(0, 80);
  const pages = contexts.flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(screenshotFolder, "failed", `${name}-${index + 1}.png`);
    await page.screenshot({ path, fullPage: true }).catch(() => {});
    test.diagnostic(`${page.url()}, seen in ${path}`);
  }
}
