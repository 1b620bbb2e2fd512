import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCode } from "../dev/exit-code.ts";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";
import { type Round, readReport } from "./read-report.ts";

const program = join(projectFolder, "node_modules", "vitest", "vitest.mjs");

/** Runs the tests in test/fuzz once, on inputs of their own from this seed. */
export async function fuzzRound(seed: number, stop: AbortSignal): Promise<Round> {
  stop.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), "latchkey-fuzz-"));
  const report = join(folder, "report.json");
  try {
    const args = ["run", "test/fuzz", "--reporter=json", `--outputFile=${report}`];
    const tests = spawn(process.execPath, [program, ...args], {
      cwd: projectFolder,
      env: { ...process.env, FUZZ_SEED: String(seed) },
      stdio: ["ignore", "ignore", "inherit"],
    });
    stop.addEventListener("abort", () => tests.kill("SIGTERM"), { once: true });
    const code = await exitCode(tests);
    stop.throwIfAborted();
    const round = readReport(readFileSync(report, "utf8"));
    if (code !== 0 && round.failures.length === 0) {
      throw new Problem("The tests could not be run.", "Run npx vitest run test/fuzz to see why.");
    }
    return round;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
