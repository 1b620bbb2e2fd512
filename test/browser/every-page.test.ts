import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Language } from "../../src/core/language.ts";
import { fill } from "../../src/texts/fill.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { accessibilityProblems } from "./checks/accessibility-problems.ts";
import { keyboardProblems } from "./checks/keyboard-problems.ts";
import { overflowProblems } from "./checks/overflow-problems.ts";
import { scriptProblems } from "./checks/script-problems.ts";
import { targetProblems } from "./checks/target-problems.ts";
import { weightProblems } from "./checks/weight-problems.ts";
import type { State } from "./states/state.ts";
import { states } from "./states/states.ts";
import { inBrowser } from "./support/in-browser.ts";
import { screenshotFolder } from "./support/screenshot-folder.ts";
import { type Device, type Scheme, sizes } from "./support/view.ts";

const LOOKS: readonly [Scheme, Device][] = [
  ["light", "phone"],
  ["light", "desktop"],
  ["dark", "phone"],
  ["dark", "desktop"],
];

const picturesOnly = process.env["SCREENSHOTS_ONLY"] !== undefined;

for (const state of states) {
  test(
    `${state.name} can be read and used by everybody, on every screen`,
    inBrowser(async (open) => {
      const page = await open({ javaScript: true });
      await reach(page, state, "en");
      const problems: string[] = [];
      for (const [scheme, device] of LOOKS) {
        await look(page, scheme, device);
        await takePicture(page, `${state.name}-${scheme}-${device}`);
        problems.push(...(await problemsOfLook(page, `${scheme} ${device}`)));
      }
      problems.push(...(await problemsOfWhole(page)));
      assert.deepEqual(unexplained(problems, state), []);
    }),
  );

  test(
    `${state.name} can be read and used in German`,
    inBrowser(async (open) => {
      const page = await open({ language: "de", javaScript: true });
      await reach(page, state, "de");
      await look(page, "light", "phone");
      await takePicture(page, `${state.name}-light-phone-de`);
      assert.deepEqual(unexplained(await problemsOfWhole(page), state), []);
    }),
  );
}

async function reach(page: Page, state: State, language: Language): Promise<void> {
  const { status = 200, title, hasProblems = false } = state;
  const texts = textsIn(language);
  const plain = title(texts);
  const answer = await state.reach(page);
  assert.deepEqual(
    {
      status: answer.status(),
      title: await page.title(),
      language: await page.locator("html").getAttribute("lang"),
      headings: await page.locator("h1").count(),
      alerts: await page.locator("[role=alert]").count(),
    },
    {
      status,
      title: `${hasProblems ? fill(texts.shell.errorTitle, { title: plain }) : plain} – Latchkey`,
      language,
      headings: 1,
      alerts: hasProblems ? 1 : 0,
    },
  );
}

async function look(page: Page, scheme: Scheme, device: Device): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize(sizes[device]);
}

async function takePicture(page: Page, name: string): Promise<void> {
  const path = join(screenshotFolder, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
}

async function problemsOfLook(page: Page, name: string): Promise<string[]> {
  const found = picturesOnly ? [] : await accessibilityProblems(page, "looks");
  return found.map((problem) => `${name}: ${problem}`);
}

/** What is the same however one looks. It leaves the page narrow and its last control in focus. */
async function problemsOfWhole(page: Page): Promise<string[]> {
  return picturesOnly
    ? []
    : [
        ...(await accessibilityProblems(page, "all")),
        ...(await weightProblems(page)),
        ...(await scriptProblems(page)),
        ...(await targetProblems(page)),
        ...(await overflowProblems(page)),
        ...(await keyboardProblems(page)),
      ];
}

function unexplained(problems: readonly string[], { explained = {} }: State): string[] {
  const meant = Object.keys(explained);
  return problems.filter((problem) => !meant.some((part) => problem.includes(part)));
}
