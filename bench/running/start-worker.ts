import {
  convertV4MiniflareOptions,
  type Log,
  Miniflare,
  NoOpLog,
  type V4WorkerOptions,
} from "miniflare";
import { childProcesses } from "./child-processes.ts";

/** A service under load. */
export interface RunningService {
  /** Where it takes requests, without the development proxy in between. */
  url: string;
  /** Whose CPU time is its own; null where that cannot be told. */
  pid: number | null;
  miniflare: Miniflare;
  /** The last errors that it wrote. */
  complaints(): string;
  stop(): Promise<void>;
}

/** Errors a service may write before the first of them are forgotten. */
const KEPT_LINES = 20;

/**
 * Runs Workers in a workerd of their own, stored in a folder that goes with them. The first is asked
 * directly: Miniflare's own proxy is not in the way.
 */
export async function startWorker(workers: readonly V4WorkerOptions[]): Promise<RunningService> {
  const lines: string[] = [];
  const [first, ...others] = workers;
  const before = childProcesses();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      log: new NoOpLog() as Log,
      handleStructuredLogs: ({ level, message }) => {
        if (level === "error" || level === "warn") {
          lines.push(message);
          lines.splice(0, lines.length - KEPT_LINES);
        }
      },
      workers: [
        { ...first, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] } as V4WorkerOptions,
        ...others,
      ],
    }),
  );
  try {
    await miniflare.ready;
    const url = await miniflare.unsafeGetDirectURL(first?.name);
    const [pid = null] = childProcesses().filter((child) => !before.includes(child));
    return {
      url: url.origin,
      pid,
      miniflare,
      complaints: () => lines.join("\n"),
      stop: () => miniflare.dispose(),
    };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}
