import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { issuer } from "../live/support/issuer.ts";
import { accessibilityProblems } from "./checks/accessibility-problems.ts";
import { blameProblems } from "./checks/blame-problems.ts";
import { keyboardProblems } from "./checks/keyboard-problems.ts";
import { overflowProblems } from "./checks/overflow-problems.ts";
import { scriptProblems } from "./checks/script-problems.ts";
import { targetProblems } from "./checks/target-problems.ts";
import { weightProblems } from "./checks/weight-problems.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";

const byLooks = (page: Page) => accessibilityProblems(page, "looks");
const byAll = (page: Page) => accessibilityProblems(page, "all");

type Check = (page: Page) => Promise<string[]>;

const WRONGS: readonly [what: string, html: string, check: Check, noticed: RegExp][] = [
  ["grey on grey", "<p style='color: #999'>text", byLooks, /^color-contrast \(serious\) at p:/],
  ["a field without a name", "<input>", byAll, /^label \(critical\) at input:/],
  [
    "a wide table",
    "<div style='width: 400px'>wide",
    overflowProblems,
    /^reaches beyond the screen: the page, 4\d\d wide/,
  ],
  [
    "what leaves the screen from right to left",
    "<div style='position: absolute; right: 0; width: 10px; inset-inline-start: -5px'>out",
    overflowProblems,
    /^reaches beyond the screen/,
  ],
  [
    "a problem that no field tells of",
    "<div role='alert'><p id='problem-1'>Too short</p></div><form><input aria-label='Name' aria-invalid='true'></form>",
    blameProblems,
    /^said in no field: Too short/,
  ],
  ["a low button", "<button>Go</button>", targetProblems, /^[\d.]+ of 44 high: <button>/],
  ["a low link", "<p><a href='/'>Go</a></p>", targetProblems, /^[\d.]+ of 24 high: <a/],
  [
    "focus that cannot be seen",
    "<button style='outline: none'>Go</button>",
    keyboardProblems,
    /^focused unmarked: <button/,
  ],
  [
    "an order that jumps",
    "<button>One</button><button tabindex='1'>Two</button>",
    keyboardProblems,
    /^focused <button tabindex="1">Two<\/button> instead of <button>One<\/button>/,
  ],
  [
    "a button that the keyboard passes by",
    "<button tabindex='-1'>Go</button>",
    keyboardProblems,
    /instead of <button tabindex="-1">Go<\/button>/,
  ],
  ["too much of it", randomBytes(16_000).toString("base64"), weightProblems, /^weighs \d{5} bytes/],
  [
    "a script that is waited for",
    "<script src='/style.css'></script>",
    scriptProblems,
    /^waits for/,
  ],
];

for (const [what, html, check, noticed] of WRONGS) {
  test(
    `the checks notice ${what}`,
    inBrowser(async (open) => {
      const page = await open({ javaScript: true, stopped: /MIME type/ });
      await page.route(`${issuer}/wrong`, (route) =>
        route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><html lang="en"><title>Wrong</title><link rel="icon" href="data:,"><main><h1>Wrong</h1>${html}`,
        }),
      );
      await openPath(page, "/wrong");
      const [problem] = await check(page);
      assert.match(problem ?? "nothing", noticed);
    }),
  );
}
