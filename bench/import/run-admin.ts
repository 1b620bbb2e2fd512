import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { exitCode } from "../../scripts/dev/exit-code.ts";
import { Problem } from "../../scripts/problem.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { type Seen, watchProcess } from "./watch-process.ts";

/** A command of `npm run admin`, on a local database. */
export interface AdminOrder {
  args: readonly string[];
  persistTo: string;
  authSecret: string;
  /** What Node's heap is held to; null where it is left alone. */
  heapMegabytes: number | null;
  /** Hears of each line of progress. */
  tell(line: string): void;
}

/** Runs it as package.json does, watches it, and gives all it said. That it fails is a problem. */
export async function runAdmin(
  { args, persistTo, authSecret, heapMegabytes, tell }: AdminOrder,
  stop: AbortSignal,
): Promise<Seen & { said: string; seconds: number }> {
  stop.throwIfAborted();
  const heap = heapMegabytes === null ? [] : [`--max-old-space-size=${heapMegabytes}`];
  const script = join("scripts", "admin.ts");
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ["--js-base-64", ...heap, script, ...args, "--persist-to", persistTo],
    {
      cwd: projectFolder,
      env: { ...process.env, AUTH_SECRET: authSecret, CLOUDFLARE_CF_FETCH_ENABLED: "false" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const kill = () => child.kill("SIGTERM");
  stop.addEventListener("abort", kill, { once: true });
  const seen = watchProcess(child.pid ?? -1);
  createInterface({ input: child.stderr }).on("line", tell);
  const [said, code] = await Promise.all([text(child.stdout), exitCode(child)]);
  const seconds = (performance.now() - begun) / 1000;
  stop.removeEventListener("abort", kill);
  const watched = seen();
  stop.throwIfAborted();
  if (code !== 0) {
    throw new Problem(`admin ${args[0]} ended with ${code}:\n${said}`, "See what it says above.");
  }
  return { ...watched, said, seconds };
}
