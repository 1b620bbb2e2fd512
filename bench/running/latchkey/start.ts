import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../../scripts/problem.ts";
import { wranglerOutput } from "../../../scripts/wrangler-output.ts";
import { bundle } from "../bundle.ts";
import { type RunningWorkers, startWorkers } from "../start-workers.ts";
import { compatibilityDate, wranglerOptions } from "../wrangler-options.ts";
import { seed } from "./seed.ts";

/** Its issuer and its one address. Nothing is asked of it there. */
export const LATCHKEY_URL = "https://auth.example.com";

/** A Worker's modules, its entry first. */
export type Modules = { type: "ESModule" | "Text"; path: string; contents: string }[];

/** The Worker as `wrangler deploy` would upload it. */
export async function buildLatchkey(stop: AbortSignal): Promise<Modules> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  try {
    const args = ["deploy", "--dry-run", "--outdir", folder];
    const { output, errors, code } = await wranglerOutput(args, stop);
    if (code !== 0) {
      throw new Problem(`Latchkey cannot be built:\n${output}${errors}`, "Try: npm run build");
    }
    // What runs in browsers is text to the Worker, as wrangler.toml says.
    const texts = readdirSync(folder).filter((name) => name.endsWith(".browser.js"));
    const read = (path: string) => readFileSync(join(folder, path), "utf8");
    return [
      { type: "ESModule", path: "index.js", contents: read("index.js") },
      ...texts.map((path) => ({ type: "Text" as const, path, contents: read(path) })),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Serves the built Worker with everything that wrangler.toml binds it to, on a migrated database with
 * accounts in it, and beside it a Worker that calls it by RPC. Where passwords are to cost nothing it
 * says that it is in development, which production refuses.
 */
export async function startLatchkey(
  modules: Modules,
  { iterations }: { iterations: number | null },
): Promise<RunningWorkers> {
  const authSecret = randomBytes(32).toString("hex");
  const cheap = {
    ENVIRONMENT: "development",
    PUBLIC_URL: "http://localhost:8787",
    PASSWORD_ITERATIONS: String(iterations),
  };
  const service = await startWorkers([
    {
      ...wranglerOptions,
      name: "latchkey",
      modules,
      bindings: {
        ...(wranglerOptions.bindings as object),
        AUTH_SECRET: authSecret,
        ...(iterations === null ? {} : cheap),
      },
    },
    {
      name: "caller",
      modules: true,
      script: await bundle(join(import.meta.dirname, "worker.ts")),
      compatibilityDate,
      serviceBindings: { AUTH: { name: "latchkey", entrypoint: "Auth" }, LATCHKEY: "latchkey" },
    },
  ]);
  await seed(await service.miniflare.getD1Database("DB", "latchkey"), authSecret, iterations);
  return service;
}
