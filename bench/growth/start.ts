import { join } from "node:path";
import { buildLatchkey } from "../running/latchkey/build.ts";
import type { Database } from "../running/latchkey/seed.ts";
import { startLatchkey } from "../running/latchkey/start.ts";
import { type Connections, openConnections } from "../running/load/connections.ts";
import type { Send } from "../running/load/contender.ts";

/** What grows. */
export interface Growing {
  database: Database;
  /** Of the password that everybody has. */
  hash: string;
  pid: number | null;
  send: Send;
  /** One after another over each of them. */
  connections: Connections;
  /** Runs what the clock starts each hour. */
  cleanUp(): Promise<void>;
  rows(): Promise<Rows>;
  stop(): Promise<void>;
}

export interface Rows {
  read: number;
  written: number;
}

const CONNECTIONS = 16;

/** Serves the built Worker, whose rows are counted, on a database without accounts. */
export async function startGrowing(stop: AbortSignal): Promise<Growing> {
  const modules = await buildLatchkey(stop, join("bench", "growth", "worker.ts"));
  const service = await startLatchkey(modules, { iterations: 1 });
  const { miniflare, pid, urls } = service;
  const connections = openConnections(String(urls["latchkey"]), CONNECTIONS);
  const [send] = connections.all;
  const database = await miniflare.getD1Database("DB", "latchkey");
  const worker = await miniflare.getWorker("latchkey");
  const password = await database.prepare("SELECT hash FROM passwords").first<{ hash: string }>();
  await database.exec("DELETE FROM accounts");
  await database.exec("DELETE FROM passwords");
  return {
    database,
    hash: password?.hash ?? "",
    pid,
    send: send as Send,
    connections,
    async cleanUp() {
      const { outcome } = await worker.scheduled({ cron: "17 * * * *" });
      if (outcome !== "ok") {
        throw new Error(`the hourly round ended as ${outcome}: ${service.complaints()}`);
      }
    },
    async rows() {
      const { body } = await (send as Send)({ method: "GET", path: "/rows", headers: {} });
      return JSON.parse(body) as Rows;
    },
    async stop() {
      await connections.close();
      await service.stop();
    },
  };
}
