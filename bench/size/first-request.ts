import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { exitCode } from "../../scripts/dev/exit-code.ts";
import { startWrangler, type Wrangler } from "../../scripts/dev/start-wrangler.ts";
import { Problem } from "../../scripts/problem.ts";
import { wranglerOutput } from "../../scripts/wrangler-output.ts";
import { freePort } from "../../test/live/support/free-port.ts";
import { median } from "../enumeration/statistics.ts";
import { tenths } from "./tenths.ts";

/** What a Worker that has just been started takes for its first answer, and for those after it. Medians. */
export interface FirstRequest {
  request: string;
  starts: number;
  firstMs: number;
  laterMs: number;
}

/** A route that asks no store, and a page with everything that a page has. */
const PATHS = ["/.well-known/oauth-authorization-server", "/signin"];
const LATER = 20;

/** Starts the built Worker anew for each measurement, on a database of its own. */
export async function measureFirstRequests(
  bundle: string,
  starts: number,
  stop: AbortSignal,
): Promise<FirstRequest[]> {
  // Apart from the bundle: wrangler starts anew when anything changes beside what it serves.
  const data = mkdtempSync(join(tmpdir(), "latchkey-size-data-"));
  try {
    await prepareDatabase(data, stop);
    const measured = [];
    for (const path of PATHS) {
      measured.push(await measure({ bundle, data, path, starts }, stop));
    }
    return measured;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

interface Asked {
  bundle: string;
  data: string;
  path: string;
  starts: number;
}

async function measure(asked: Asked, stop: AbortSignal): Promise<FirstRequest> {
  const first = [];
  const later = [];
  for (let start = 0; start < asked.starts; start++) {
    const [one = 0, ...others] = await afterStart(asked, stop);
    first.push(one);
    later.push(...others);
  }
  return {
    request: `GET ${asked.path}`,
    starts: asked.starts,
    firstMs: tenths(median(first)),
    laterMs: tenths(median(later)),
  };
}

async function prepareDatabase(data: string, stop: AbortSignal): Promise<void> {
  const { output, errors, code } = await wranglerOutput(
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", data],
    stop,
  );
  if (code !== 0) {
    throw new Problem(`The database cannot be made:\n${output}${errors}`, "Put that right first.");
  }
}

/** What each request took, in milliseconds: the first after the start, and those after it. */
async function afterStart({ bundle, data, path }: Asked, stop: AbortSignal): Promise<number[]> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const done = new AbortController();
  const server = startWrangler(
    serverArguments({ bundle, data }, url, port),
    AbortSignal.any([stop, done.signal]),
  );
  const ended = exitCode(server);
  try {
    await untilReady(server);
    const took = [];
    for (let request = 0; request <= LATER; request++) {
      took.push(await ask(url + path));
    }
    return took;
  } finally {
    done.abort();
    await ended;
  }
}

function serverArguments(
  { bundle, data }: Pick<Asked, "bundle" | "data">,
  url: string,
  port: number,
): string[] {
  const variables = {
    ENVIRONMENT: "development",
    PUBLIC_URL: url,
    AUTH_SECRET: randomBytes(32).toString("hex"),
  };
  // Naming a file of secrets, even an empty one, keeps wrangler from reading .dev.vars.
  const secrets = join(data, "no-secrets");
  writeFileSync(secrets, "");
  return [
    ...["dev", join(bundle, "index.js"), "--no-bundle", "--config", "wrangler.toml"],
    ...["--env-file", secrets, "--persist-to", data],
    ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
    "--show-interactive-dev-session=false",
    ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
  ];
}

/** Reads until wrangler says that it serves: whoever asks before that would ask first. */
async function untilReady(server: Wrangler): Promise<void> {
  const said: string[] = [];
  server.stderr.resume();
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes("Ready on")) {
      server.stdout.resume();
      return;
    }
    said.push(line);
  }
  throw new Problem(
    `The Worker is not served:\n${said.join("\n")}`,
    "Start it by itself: npm run dev",
  );
}

async function ask(url: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) {
    throw new Problem(`GET ${url} answered ${answer.status}.`, "Start it by itself: npm run dev");
  }
  return performance.now() - begun;
}
