import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { exitCode } from "../../../scripts/dev/exit-code.ts";
import { readableLogLine } from "../../../scripts/dev/readable-log-line.ts";
import { startWrangler } from "../../../scripts/dev/start-wrangler.ts";
import { Problem } from "../../../scripts/problem.ts";
import { say } from "../../../scripts/say.ts";
import { bundledEntry, bundleWorker } from "./bundle-worker.ts";
import { freePort } from "./free-port.ts";

export interface Serving {
  url: string;
  /** Resolves once the server and all it started are gone. */
  ended: Promise<number>;
}

export interface WorkerToServe {
  config: string;
  /** Where its bundle, its data and its secrets stand, apart from everybody else's. */
  folder: string;
  /** Its variables and secrets, by the URL that it will have. */
  variables: (url: string) => Readonly<Record<string, string>>;
  /** A free one unless given. */
  port?: number;
  /** The folder of its bundle, where there is one already. */
  bundle?: string;
  /** Is told every line that it and wrangler write. */
  hear?: (line: string) => void;
}

/** A port that was free may be somebody else's by the time that the server listens. */
const TRIES = 3;

/**
 * Serves a Worker on a loopback port until told to stop, and comes back once it answers. Its failures are
 * said as they come.
 */
export async function serveWorker(worker: WorkerToServe, stop: AbortSignal): Promise<Serving> {
  const { config, folder } = worker;
  const entry = worker.bundle
    ? bundledEntry(config, worker.bundle)
    : await bundleWorker(config, join(folder, "bundle"), stop);
  for (let left = TRIES; ; left -= 1) {
    const { url, ended, tail } = await start(worker, entry, stop);
    if (await untilServed(url, ended)) {
      return { url, ended };
    }
    if (left === 1 || !/already in use/i.test(tail())) {
      throw new Problem(`${config} is not served:\n${tail()}`, "Start it by itself: npm run dev");
    }
  }
}

async function start(
  { config, folder, variables, hear, ...given }: WorkerToServe,
  entry: string,
  stop: AbortSignal,
): Promise<Serving & { tail: () => string }> {
  const port = given.port ?? (await freePort());
  // By name: a browser has passkeys for names alone.
  const url = `http://localhost:${port}`;
  // Naming a file of secrets, even an empty one, keeps wrangler from reading .dev.vars.
  const secrets = join(folder, "no-secrets");
  writeFileSync(secrets, "");
  const wrangler = startWrangler(
    [
      ...["dev", entry, "--no-bundle", "--config", config, "--env-file", secrets],
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
      ...["--persist-to", join(folder, "state"), "--show-interactive-dev-session=false"],
      ...Object.entries(variables(url)).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    stop,
  );
  const tail = keepTail([wrangler.stdout, wrangler.stderr], hear);
  return { url, ended: exitCode(wrangler), tail };
}

/** Asks until anything answers, whatever it says; false when the server ends before. */
async function untilServed(url: string, ended: Promise<unknown>): Promise<boolean> {
  let hasEnded = false;
  ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer) {
      await answer.body?.cancel();
      return true;
    }
    await wait(100);
  }
  return false;
}

/** Reads along: what is said of failures goes to the terminal, and the last lines are kept. */
function keepTail(outputs: readonly Readable[], hear?: (line: string) => void): () => string {
  const lines: string[] = [];
  for (const output of outputs) {
    createInterface({ input: output }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - 40);
      hear?.(line);
      if (line.includes('"level":"error"')) {
        say(readableLogLine(line) ?? line);
      }
    });
  }
  return () => lines.join("\n").trim();
}
