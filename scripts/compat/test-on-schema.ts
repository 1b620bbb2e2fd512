import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { exitCode } from "../dev/exit-code.ts";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";

/** How tests went on another schema than their own. */
export interface Tested {
  passed: number;
  /** The titles of tests that failed, by their file. */
  failed: ReadonlyMap<string, readonly string[]>;
}

/**
 * A schema that a test does not get on with fails it every time. What fails one time in many hangs on a clock or
 * the like, and in a release nobody can mend it any more.
 */
const RETRIES = 2;

interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    status: "passed" | "failed";
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/**
 * Runs tests of a copy of this project that lies in a folder under it, whose packages it uses, after
 * putting other migrations in place of its own.
 */
export async function testOnSchema(
  { folder, migrations, tests }: { folder: string; migrations: string; tests: readonly string[] },
  stop: AbortSignal,
): Promise<Tested> {
  rmSync(join(folder, "drizzle"), { recursive: true, force: true });
  cpSync(migrations, join(folder, "drizzle"), { recursive: true });
  const report = join(folder, "report.json");
  const vitest = join(projectFolder, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(
    process.execPath,
    [vitest, "run", ...tests, `--retry=${RETRIES}`, "--reporter=json", `--outputFile=${report}`],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [output, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitCode(child),
  ]);
  stop.throwIfAborted();
  return read(report, folder, `${output}${errors}`);
}

function read(report: string, folder: string, said: string): Tested {
  let told: Report;
  try {
    told = JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch (error) {
    const tail = said.split("\n").slice(-40).join("\n");
    throw new Problem(`The tests did not run:\n${tail}`, "Run them by themselves: npx vitest run", {
      cause: error,
    });
  }
  const failed = told.testResults
    .filter(({ status }) => status === "failed")
    .map(
      ({ name, assertionResults }) =>
        [
          relative(folder, name),
          assertionResults
            .filter(({ status }) => status === "failed")
            .map(({ fullName }) => fullName),
        ] as const,
    );
  return { passed: told.numPassedTests, failed: new Map(failed) };
}
