import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { accessibilityProblems } from "./checks/accessibility-problems.ts";
import { blameProblems } from "./checks/blame-problems.ts";
import { keyboardProblems } from "./checks/keyboard-problems.ts";
import { overflowProblems } from "./checks/overflow-problems.ts";
import { scriptProblems } from "./checks/script-problems.ts";
import { targetProblems } from "./checks/target-problems.ts";
import { weightProblems } from "./checks/weight-problems.ts";
import { reach, unexplained } from "./states/reach.ts";
import type { State } from "./states/state.ts";
import { states } from "./states/states.ts";
import { inBrowser } from "./support/in-browser.ts";
import { look } from "./support/look.ts";
import { picturesOnly } from "./support/pictures-only.ts";

/** Colours go by the scheme and sizes by the device, so that two looks check what four show. */
const LOOKS = [
  { scheme: "light", device: "phone", isChecked: true },
  { scheme: "light", device: "desktop", isChecked: false },
  { scheme: "dark", device: "phone", isChecked: false },
  { scheme: "dark", device: "desktop", isChecked: true },
] as const;

for (const state of states) {
  test(
    `${state.name} can be read and used by everybody, on every screen`,
    inBrowser(async (open) => {
      const page = await open({ javaScript: true });
      await reach(page, state, "en");
      const problems: string[] = [];
      for (const each of LOOKS) {
        await look(page, state.name, each);
        if (each.isChecked && !picturesOnly) {
          const found = await accessibilityProblems(page, "looks");
          problems.push(...found.map((problem) => `${each.scheme} ${each.device}: ${problem}`));
        }
      }
      problems.push(...(picturesOnly ? [] : await problemsOfWhole(page, state)));
      assert.deepEqual(unexplained(problems, state), []);
    }),
  );
}

/** What is the same however one looks. It leaves the page narrow and its last control in focus. */
async function problemsOfWhole(page: Page, { status }: State): Promise<string[]> {
  return [
    ...(await accessibilityProblems(page, "all")),
    // Whoever comes too often typed nothing wrong.
    ...(status === 429 ? [] : await blameProblems(page)),
    ...(await weightProblems(page)),
    ...(await scriptProblems(page)),
    ...(await targetProblems(page)),
    ...(await overflowProblems(page)),
    ...(await keyboardProblems(page)),
  ];
}
