import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AUDIT_EVENTS } from "../src/core/audit/audit-events.ts";
import { projectFolder } from "./project-folder.ts";

test("docs/webhooks.md tells of every event and its outcome, in the order of the code", () => {
  const manual = readFileSync(join(projectFolder, "docs/webhooks.md"), "utf8");
  const rows = [...manual.matchAll(/^\| `([\w-]+)` \| (\w+) \|/gm)];
  assert.deepEqual(
    rows.map(([, event, outcome]) => [event, outcome]),
    Object.entries(AUDIT_EVENTS),
  );
});
