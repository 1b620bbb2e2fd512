import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./checks/accessibility-problems.ts";
import { overflowProblems } from "./checks/overflow-problems.ts";
import { reach, unexplained } from "./states/reach.ts";
import { states } from "./states/states.ts";
import { inBrowser } from "./support/in-browser.ts";
import { look } from "./support/look.ts";
import { picturesOnly } from "./support/pictures-only.ts";

for (const state of states) {
  test(
    `${state.name} is in German for whoever reads German, and has room for it`,
    inBrowser(async (open) => {
      const page = await open({ language: "de", javaScript: true });
      await reach(page, state, "de");
      await look(page, `${state.name}-de`, { scheme: "light", device: "phone" });
      const problems = picturesOnly
        ? []
        : [...(await accessibilityProblems(page, "all")), ...(await overflowProblems(page))];
      assert.deepEqual(unexplained(problems, state), []);
    }),
  );
}
