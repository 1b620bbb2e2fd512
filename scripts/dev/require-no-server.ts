import { Problem } from "../problem.ts";
import { runningServers } from "./running-servers.ts";

/** Refuses to move or delete the local data under a server: it would go on with what is gone. */
export function requireNoServer(): void {
  const [server, ...others] = runningServers();
  if (server) {
    const all = [server, ...others].map(({ pid, port }) => `port ${port} (process ${pid})`);
    throw new Problem(
      `A development server runs on the local data: ${all.join(", ")}. Nothing was touched.`,
      `Stop it first, with Ctrl-C in its terminal or with: kill ${[server, ...others].map(({ pid }) => pid).join(" ")}`,
    );
  }
}
