import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Problem } from "../../../scripts/problem.ts";
import type { RunningService } from "../../running/start-workers.ts";

/** Serves node-oidc-provider in a Node of its own. */
export async function startOidcProvider(): Promise<RunningService> {
  const child = fork(join(import.meta.dirname, "server.ts"), {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      lines.push(chunk.toString());
      lines.splice(0, lines.length - 20);
    });
  }
  const complaints = () => lines.join("");
  const ended = once(child, "exit");
  const port = await Promise.race([
    once(child, "message").then(([said]) => Number(said)),
    ended.then(() => {
      throw new Problem(`node-oidc-provider does not start:\n${complaints()}`, "See bench/peers.");
    }),
  ]);
  return {
    urls: { "oidc-provider": `http://127.0.0.1:${port}` },
    pid: child.pid ?? null,
    complaints,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
