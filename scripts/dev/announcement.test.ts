import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { announcement } from "./announcement.ts";

test("says of the administrator's password that it may be another by now, and how to begin anew", () => {
  const lines = stripVTControlCharacters(announcement("http://localhost:8787", 3)).split("\n");
  const admin = lines.findIndex((line) => line.startsWith("  Admin "));
  assert.match(lines[admin] ?? "", /admin@latchkey\.test {2}password latchkey-development-only$/);
  assert.match(lines[admin + 1] ?? "", /as the first start set it; .* npm run reset begins anew$/);
});
