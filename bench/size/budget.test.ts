import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { BUDGET, budgetOf, overruns, readBudget } from "./budget.ts";
import { type Bundle, buildBundle } from "./bundle.ts";
import type { Share } from "./composition.ts";

const RAISE = `Weigh it by npm run size. If it is meant to be there: npm run size -- --set-budget writes ${BUDGET}.`;

test("the Worker keeps its budget: what it weighs, and what an isolate evaluates when it starts", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-size-"));
  t.after(() => rmSync(folder, { recursive: true }));

  const bundle = await buildBundle(folder, t.signal);

  assert.deepEqual(overruns(bundle, readBudget()), [], RAISE);
});

const bundleOf = (shares: readonly Share[]): Bundle => ({
  folder: "",
  bytes: 900_000,
  gzipBytes: 300_000,
  modules: 100,
  shares,
});

const light: Share = { owner: "light", modules: 10, startBytes: 10_000, laterBytes: 0 };
const heavy: Share = { owner: "heavy", modules: 10, startBytes: 0, laterBytes: 90_000 };
const ours: Share = { owner: "src/core", modules: 80, startBytes: 500_000, laterBytes: 0 };
const budget = budgetOf(bundleOf([ours, heavy, light]));

test("a bundle keeps the budget that was set by it", () => {
  assert.deepEqual(overruns(bundleOf([ours, heavy, light]), budget), []);
});

test("a package that waited and is evaluated at the start is named", () => {
  const moved = { ...heavy, startBytes: 20_000, laterBytes: 70_000 };

  assert.deepEqual(overruns(bundleOf([ours, moved, light]), budget), [
    "heavy is evaluated at the start, 20000 bytes of it, and has no budget there",
  ]);
});

test("a package that grew is named, and so is one that is new", () => {
  const grown = { ...light, startBytes: 10_241 };
  const added: Share = { owner: "new", modules: 1, startBytes: 0, laterBytes: 5 };

  assert.deepEqual(overruns(bundleOf([ours, heavy, grown, added]), budget), [
    "light, evaluated at the start: 10241 bytes, and may be 10240",
    "new is evaluated later, 5 bytes of it, and has no budget there",
  ]);
});

test("our own code may grow a little, and no more", () => {
  const grow = (startBytes: number) => bundleOf([{ ...ours, startBytes }, heavy, light]);

  assert.deepEqual(overruns(grow(520_000), budget), []);
  assert.deepEqual(overruns(grow(530_000), budget), [
    "what is evaluated at the start: 540000 bytes, and may be 535552",
  ]);
});

test("the whole has a budget gzipped, and the number of its files", () => {
  const bundle = { ...bundleOf([ours, heavy, light]), gzipBytes: 320_000, modules: 106 };

  assert.deepEqual(overruns(bundle, budget), [
    "the whole, gzipped: 320000 bytes, and may be 315392",
    "source files: 106, and may be 105",
  ]);
});
