import { parseArgs, styleText } from "node:util";
import { announcement } from "./dev/announcement.ts";
import { ensureLocalSecret } from "./dev/local-secret.ts";
import { prepareLocalDatabase } from "./dev/prepare-local-database.ts";
import { requireFreePort } from "./dev/require-free-port.ts";
import { serve } from "./dev/serve.ts";
import { setAsideLocalData } from "./dev/set-aside-local-data.ts";
import { developmentClients } from "./development-clients.ts";
import { lockedState } from "./local-state.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";
import { untilHealthy } from "./until-healthy.ts";

await runScript(async (stop) => {
  const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
  const port = readPort(values.port);
  await requireFreePort(port);
  prepareSecret();
  say("Preparing the local database …");
  await prepareLocalDatabase(stop);
  const url = `http://localhost:${port}`;
  const ended = new AbortController();
  const served = serve(port, url, stop).finally(() => ended.abort());
  const announced = announceWhenReady(url, AbortSignal.any([stop, ended.signal]));
  const [code] = await Promise.all([served, announced]);
  // To be stopped is how a development server ends: not a failure, whatever wrangler calls it.
  process.exitCode = stop.aborted ? 0 : code;
});

function prepareSecret(): void {
  if (!ensureLocalSecret()) {
    return;
  }
  say("Wrote a new AUTH_SECRET to .dev.vars");
  if (setAsideLocalData()) {
    say(`The local data was sealed under another secret and is now in ${lockedState}`);
  }
}

function readPort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(
      `"${value}" is not a port.`,
      "Give a number from 1 to 65535: npm run dev -- --port 8788",
    );
  }
  return port;
}

async function announceWhenReady(url: string, stop: AbortSignal): Promise<void> {
  try {
    const answer = await untilHealthy(url, stop);
    if (answer.ok) {
      say(announcement(url, developmentClients, performance.now() / 1_000));
      return;
    }
    const reason = (await answer.text()).trim();
    say(styleText("red", `The server at ${url} answers /health with ${answer.status}: ${reason}`));
    say(
      "The secrets of this machine are in .dev.vars. Without its AUTH_SECRET line a start makes one.",
    );
  } catch (error) {
    if (!stop.aborted) {
      throw error;
    }
  }
}
