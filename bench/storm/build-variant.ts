import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import { buildLatchkey, type Modules } from "../running/latchkey/build.ts";
import { type VariantName, variants } from "./variants.ts";

const ENTRY = join("bench", "running", "latchkey", "deployed.ts");
const SOURCES = ["src", "wrangler.toml", "package.json", "tsconfig.json", dirname(ENTRY)];

/**
 * Builds a variant as Latchkey itself is built, of a copy of the sources in which one module is another:
 * the product has no switch for what it must not be without.
 */
export async function buildVariant(name: VariantName, stop: AbortSignal): Promise<Modules> {
  const copy = mkdtempSync(join(tmpdir(), "latchkey-storm-"));
  try {
    for (const path of SOURCES) {
      cpSync(join(projectFolder, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(projectFolder, "node_modules"), join(copy, "node_modules"), "dir");
    const module = variants[name];
    if (module) {
      cpSync(join(import.meta.dirname, "without", module), join(copy, "src", "crypto", module));
    }
    return await buildLatchkey(stop, ENTRY, copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}
