import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { withResult } from "./page.ts";
import type { SpeedResult } from "./result.ts";

const RESULT: SpeedResult = {
  date: "2026-11-29",
  machine: { processor: "A CPU", cores: 2, platform: "linux x64", node: "24", workerd: "1" },
  peers: { "better-auth": "1.7" },
  rounds: 5,
  seconds: 2,
  connections: 16,
  works: [{ work: "refresh", figures: [], ratios: [] }],
};

test("a run takes the place of the one before, and nothing else's", () => {
  const page = "# Title\n\n<!-- speed: written -->\nold\n<!-- /speed -->\n\nText.\n";
  const once = withResult(page, RESULT);
  assert.match(
    once,
    /^# Title\n\n<!-- speed: written -->\n\nMeasured on 2026-11-29: A CPU, 2 cores/,
  );
  assert.match(once, /#### Refresh/);
  assert.match(once, /<!-- \/speed -->\n\nText.\n$/);
  assert.doesNotMatch(once, /old/);
  assert.equal(withResult(once, RESULT), once);
});

test("the page of this project has a place for it", () => {
  const page = readFileSync("docs/performance.md", "utf8");
  assert.match(withResult(page, RESULT), /Measured on 2026-11-29/);
});
