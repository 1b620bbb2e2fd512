import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "../project-folder.ts";
import { siteOf } from "./site-of.ts";

test("on one's own machine runs are started as docs/operating.md says, at Cloudflare they come", () => {
  const manual = readFileSync(join(projectFolder, "docs/operating.md"), "utf8");
  const { publicUrl, runs } = siteOf({ remote: false, persistTo: null });
  const { hour, minute } = runs ?? assert.fail();
  for (const line of [`\n${hour}\n`, `\`${minute}\``]) {
    assert.ok(manual.includes(line.replace(publicUrl, "http://localhost:8787")), line);
  }
  assert.equal(siteOf({ remote: true, persistTo: null }).runs, null);
});
