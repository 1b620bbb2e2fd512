import { announcement } from "./dev/announcement.ts";
import { claimLocalData } from "./dev/claim-local-data.ts";
import { hasLocalSecret, writeLocalSecret } from "./dev/local-secret.ts";
import { prepareLocalDatabase } from "./dev/prepare-local-database.ts";
import { requireFreePort } from "./dev/require-free-port.ts";
import { serve } from "./dev/serve.ts";
import { setAsideLocalData } from "./dev/set-aside-local-data.ts";
import { Problem } from "./problem.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";
import { untilHealthy } from "./until-healthy.ts";

const HELP = `Serves Latchkey on this machine, with local data that is kept in .wrangler/state.
One server at a time: a second is refused.

npm run dev -- [options]

  --port <port>  where to listen; 8787 unless given
  --help         this`;

await runScript(async (stop) => {
  const options = { port: { type: "string", default: "8787" } } as const;
  const values = readOptions(process.argv.slice(2), options, HELP);
  if (!values) {
    return;
  }
  const port = readPort(values.port);
  claimLocalData(port);
  await requireFreePort(port);
  prepareSecret();
  say("Preparing the local database …");
  const url = `http://localhost:${port}`;
  await prepareLocalDatabase(url, stop);
  await serveAndAnnounce(port, url, stop);
});

function prepareSecret(): void {
  if (hasLocalSecret()) {
    return;
  }
  writeLocalSecret();
  say("Wrote a new AUTH_SECRET to .dev.vars");
  const folder = setAsideLocalData();
  if (folder !== null) {
    say(`The local data was sealed under another secret and is now in ${folder}`);
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

async function serveAndAnnounce(port: number, url: string, stop: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const refused = new AbortController();
  const serving = serve(port, url, AbortSignal.any([stop, refused.signal])).finally(() =>
    ended.abort(),
  );
  const refusal = await announceWhenReady(url, AbortSignal.any([stop, ended.signal]));
  if (refusal) {
    refused.abort();
    await serving;
    throw refusal;
  }
  const code = await serving;
  // To be stopped is how a development server ends: not a failure, whatever wrangler calls it.
  process.exitCode = stop.aborted ? 0 : code;
}

/** What the server says when it will not run, as a problem; null once it runs, or was stopped. */
async function announceWhenReady(url: string, stop: AbortSignal): Promise<Problem | null> {
  try {
    const answer = await untilHealthy(url, stop);
    if (answer.ok) {
      say(announcement(url, performance.now() / 1_000));
      return null;
    }
    return new Problem(
      (await answer.text()).trim().slice(0, 1_000) || `/health answers ${answer.status}.`,
      "Settings of this machine stand in .dev.vars, those of all in wrangler.toml. Then: npm run dev",
    );
  } catch (error) {
    if (!stop.aborted) {
      throw error;
    }
    return null;
  }
}
