import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { importedPackages } from "./imported-packages.ts";

test("packages are named once, with those that are imported later, and no file and no platform", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "imports-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "left-out"));
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), lines.join("\n"));
  write("a.ts", [
    'import { z } from "zod";',
    'import type { Context } from "hono";',
    'import { env } from "cloudflare:workers";',
    'import { b } from "./b.ts";',
  ]);
  write("b.ts", ['const { c } = await import("@scope/name/part");', 'import * as z from "zod";']);
  write("left-out/c.ts", ['import "x" from "not-this";']);

  assert.deepEqual(importedPackages(`${folder}/**/*.ts`, [`${folder}/left-out/**`]), [
    "@scope/name/part",
    "hono",
    "zod",
  ]);
});
