import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Problem } from "../../scripts/problem.ts";
import { wranglerOutput } from "../../scripts/wrangler-output.ts";
import { composition, type Metafile, type Share } from "./composition.ts";

/** The Worker as it would be deployed. */
export interface Bundle {
  /** Its folder: index.js, its map, and worker.bundle, which is what is uploaded. */
  folder: string;
  /** Of all modules together, as wrangler counts them. */
  bytes: number;
  gzipBytes: number;
  /** Source files in it. */
  modules: number;
  shares: readonly Share[];
}

/** Builds it into the folder. Throws a `Problem` with what wrangler said when it does not build. */
export async function buildBundle(folder: string, stop: AbortSignal): Promise<Bundle> {
  const outputs = ["--outdir", folder, "--outfile", join(folder, "worker.bundle")];
  const metafile = join(folder, "metafile.json");
  const { output, errors, code } = await wranglerOutput(
    ["deploy", "--dry-run", ...outputs, "--metafile", metafile],
    stop,
  );
  if (code !== 0) {
    throw new Problem(`The Worker does not build:\n${output}${errors}`, "Put that right first.");
  }
  const uploaded = globSync("*.js", { cwd: folder }).map((file) =>
    readFileSync(join(folder, file)),
  );
  const whole = Buffer.concat(uploaded);
  const shares = composition(JSON.parse(readFileSync(metafile, "utf8")) as Metafile);
  return {
    folder,
    bytes: whole.length,
    gzipBytes: gzipSync(whole).length,
    modules: shares.reduce((sum, share) => sum + share.modules, 0),
    shares,
  };
}
