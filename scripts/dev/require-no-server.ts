import { Problem } from "../problem.ts";
import { runningServers } from "./running-servers.ts";

/** Refuses what may not be done to the local data under a server, such as to delete what it goes on with. */
export function requireNoServer(notes?: string): void {
  const [server, ...others] = runningServers(notes);
  if (server) {
    const all = [server, ...others].map(({ pid, port }) => `port ${port} (process ${pid})`);
    throw new Problem(
      `A development server runs on the local data: ${all.join(", ")}. Nothing was touched.`,
      `Stop it first, with Ctrl-C in its terminal or with: kill ${[server, ...others].map(({ pid }) => pid).join(" ")}`,
    );
  }
}
