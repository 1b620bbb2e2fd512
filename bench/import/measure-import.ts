import { randomBytes } from "node:crypto";
import { cpSync, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hash } from "bcryptjs";
import { Problem } from "../../scripts/problem.ts";
import { PASSWORD } from "../running/people.ts";
import { showProgress } from "../running/show-progress.ts";
import { emptyDatabase } from "./empty-database.ts";
import { lines } from "./lines.ts";
import type { ImportResult, Run } from "./result.ts";
import { runAdmin } from "./run-admin.ts";

const HASHES = { count: 16, cost: 10 };
/** Of Node's heap, where it is held to little. */
const HEAP_MEGABYTES = 120;

/** What a command says once so many accounts are in, or out. */
const DONE: Readonly<Record<Run["command"], (accounts: number) => string>> = {
  import: (accounts) => `Imported: ${accounts}.\n`,
  export: (accounts) => `: ${accounts} accounts, `,
};

type Order = Pick<Run, "command" | "accounts" | "heapMegabytes">;

/** Imports one account, then many, and exports those, in a folder that goes with them. */
export async function measureImport(
  accounts: number,
  stop: AbortSignal,
): Promise<Pick<ImportResult, "hashes" | "runs">> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const authSecret = randomBytes(32).toString("hex");
  const run = (order: Order, name: string, file: string) =>
    measure(order, { file, persistTo: join(folder, name), authSecret }, stop);
  try {
    showProgress("making hashes and an empty database");
    const empty = join(folder, "empty");
    await emptyDatabase(empty, authSecret, stop);
    const hashes = await makeHashes();
    const importInto = async (name: string, order: Omit<Order, "command">) => {
      const file = join(folder, `${name}.ndjson`);
      await pipeline(Readable.from(lines(order.accounts, hashes)), createWriteStream(file));
      cpSync(empty, join(folder, name), { recursive: true });
      return run({ command: "import", ...order }, name, file);
    };
    const runs = [
      await importInto("one", { accounts: 1, heapMegabytes: null }),
      await importInto("many", { accounts, heapMegabytes: null }),
      await importInto("held", { accounts, heapMegabytes: HEAP_MEGABYTES }),
      await run(
        { command: "export", accounts, heapMegabytes: null },
        "many",
        join(folder, "exported.ndjson"),
      ),
    ];
    return { hashes: HASHES, runs };
  } finally {
    showProgress("");
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeHashes(): Promise<string[]> {
  return Promise.all(Array.from({ length: HASHES.count }, () => hash(PASSWORD, HASHES.cost)));
}

async function measure(
  order: Order,
  { file, ...place }: { file: string; persistTo: string; authSecret: string },
  stop: AbortSignal,
): Promise<Run> {
  const { command, accounts, heapMegabytes } = order;
  const tell = (line: string) => showProgress(`${command} of ${accounts}: ${line}`);
  tell("starting");
  const args = [command, "--file", file];
  const { said, seconds, ...seen } = await runAdmin({ ...place, args, heapMegabytes, tell }, stop);
  if (!said.includes(DONE[command](accounts))) {
    throw new Problem(
      `Not all of ${accounts} went through the ${command}:\n${said}`,
      "Nothing is written.",
    );
  }
  return {
    ...order,
    seconds: rounded(seconds),
    cpuSeconds: seen.cpuMilliseconds === null ? null : rounded(seen.cpuMilliseconds / 1000),
    commandBytes: seen.bytes,
    databaseBytes: seen.childBytes,
  };
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(2));
}
