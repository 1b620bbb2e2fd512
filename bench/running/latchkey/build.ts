import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Problem } from "../../../scripts/problem.ts";
import { projectFolder } from "../../../scripts/project-folder.ts";
import { wranglerOutput } from "../../../scripts/wrangler-output.ts";

interface Module {
  type: "ESModule" | "Text" | "CompiledWasm";
  path: string;
  contents: string | Uint8Array<ArrayBuffer>;
}

/** A Worker's modules, its entry first. */
export type Modules = Module[];

/**
 * The Worker as `wrangler deploy` would upload it, or what is around it at another entry; of the sources
 * in another folder, if there is one.
 */
export async function buildLatchkey(
  stop: AbortSignal,
  entry = join("src", "index.ts"),
  sources = projectFolder,
): Promise<Modules> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  try {
    const config = join(sources, "wrangler.toml");
    const args = ["deploy", join(sources, entry), "--config", config, "--dry-run"];
    const { output, errors, code } = await wranglerOutput([...args, "--outdir", folder], stop);
    if (code !== 0) {
      throw new Problem(`Latchkey cannot be built:\n${output}${errors}`, "Try: npm run build");
    }
    const script = `${basename(entry, ".ts")}.js`;
    const beside = readdirSync(folder).filter((name) => /\.(browser\.js|json|wasm)$/.test(name));
    const read = (path: string) => readFileSync(join(folder, path));
    const entryModule = {
      type: "ESModule",
      path: script,
      contents: read(script).toString(),
    } as const;
    return [entryModule, ...beside.map((path) => moduleBeside(path, read(path)))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What else the Worker imports is WebAssembly, or text as wrangler.toml says. */
function moduleBeside(path: string, bytes: Buffer): Module {
  return path.endsWith(".wasm")
    ? { type: "CompiledWasm", path, contents: new Uint8Array(bytes) }
    : { type: "Text", path, contents: bytes.toString() };
}
