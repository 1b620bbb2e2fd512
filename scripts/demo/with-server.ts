import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { exitCode } from "../dev/exit-code.ts";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";
import { say } from "../say.ts";
import { health, untilHealthy } from "../until-healthy.ts";
import type { Walk } from "./ask.ts";

/** Walks on the server at this address. Where none answers on this machine, one lives for as long. */
export async function withServer(walk: Walk, steps: () => Promise<void>): Promise<void> {
  const answer = await health(walk.url);
  if (answer) {
    await requireHealthy(walk.url, answer);
    return steps();
  }
  const port = loopbackPort(walk.url);
  say(`No server answers at ${walk.url}: starting one for this demo …`);
  const server = spawn(
    process.execPath,
    ["--js-base-64", join(projectFolder, "scripts", "dev.ts"), "--port", String(port)],
    { cwd: projectFolder, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = exitCode(server);
  try {
    await untilReady(server, ended, walk);
    await steps();
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

async function untilReady(
  server: ChildProcess,
  ended: Promise<number>,
  { url, stop }: Walk,
): Promise<void> {
  let output = "";
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-4_000);
  };
  server.stdout?.on("data", keep);
  server.stderr?.on("data", keep);
  const gone = new AbortController();
  ended.then(() => gone.abort());
  const answer = await untilHealthy(url, AbortSignal.any([stop, gone.signal])).catch(() => null);
  stop.throwIfAborted();
  if (!answer) {
    throw new Problem(
      `The server did not start:\n${output.trim()}`,
      "Start it by itself: npm run dev",
    );
  }
  await requireHealthy(url, answer);
}

async function requireHealthy(url: string, answer: Response): Promise<void> {
  if (!answer.ok) {
    throw new Problem(
      `${url}/health answers ${answer.status}: ${(await answer.text()).trim().slice(0, 500)}`,
      "Put that right and start the server again, or give another one: npm run demo -- --url …",
    );
  }
}

function loopbackPort(url: string): number {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "http:" || !["localhost", "127.0.0.1"].includes(hostname) || port === "") {
    throw new Problem(
      `No server answers at ${url}.`,
      "Start it there, or leave --url out to run the demo on this machine.",
    );
  }
  return Number(port);
}
