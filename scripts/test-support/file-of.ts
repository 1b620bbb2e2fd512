import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

/** A file with this in it, until the next one is asked for or the tests end. */
export function fileOf(bytes: Buffer): string {
  const path = join(folder, "an image");
  writeFileSync(path, bytes);
  return path;
}
