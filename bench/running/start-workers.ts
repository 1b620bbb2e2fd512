import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  convertV4MiniflareOptions,
  type Log,
  Miniflare,
  NoOpLog,
  type V4WorkerOptions,
} from "miniflare";
import { childProcesses } from "./child-processes.ts";
import { memoryFolder } from "./memory-folder.ts";
import { writeLogTo } from "./runtime-log.ts";

/** What is put under load. */
export interface RunningService {
  /** Where each of its Workers takes requests, by name. */
  urls: Readonly<Record<string, string>>;
  /** Whose CPU time is its own; null where that cannot be told. */
  pid: number | null;
  /** The last errors that it wrote. */
  complaints(): string;
  stop(): Promise<void>;
}

export interface RunningWorkers extends RunningService {
  miniflare: Miniflare;
}

/**
 * Runs Workers in a workerd of their own, with stores that go with them. They are asked directly:
 * Miniflare's own proxy is not in the way.
 */
export async function startWorkers(workers: readonly V4WorkerOptions[]): Promise<RunningWorkers> {
  const folder = memoryFolder();
  const before = childProcesses();
  const { complaints } = writeLogTo(join(folder, "workerd.log"));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      log: new NoOpLog() as Log,
      resourcePersistencePath: folder,
      resourceTmpPath: folder,
      handleStructuredLogs: () => {},
      workers: workers.map(
        (worker) =>
          ({ ...worker, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] }) as V4WorkerOptions,
      ),
    }),
  );
  const stop = async () => {
    await miniflare.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await miniflare.ready;
    const [pid = null] = childProcesses().filter((child) => !before.includes(child));
    const names = workers.map(({ name }) => String(name));
    const urls = names.map(async (name) => {
      const url = await miniflare.unsafeGetDirectURL(name);
      return [name, url.origin] as const;
    });
    return {
      urls: Object.fromEntries(await Promise.all(urls)),
      pid,
      miniflare,
      complaints,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
