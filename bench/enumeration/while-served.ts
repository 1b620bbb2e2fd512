import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { executeSql } from "../../scripts/admin/execute-sql.ts";
import { applyLocalMigrations } from "../../scripts/apply-local-migrations.ts";
import { exitCode } from "../../scripts/dev/exit-code.ts";
import { startWrangler } from "../../scripts/dev/start-wrangler.ts";
import { Problem } from "../../scripts/problem.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { say } from "../../scripts/say.ts";
import { untilHealthy } from "../../scripts/until-healthy.ts";
import { wranglerOutput } from "../../scripts/wrangler-output.ts";
import { freePort } from "../../test/live/support/free-port.ts";
import { insertPeople } from "./people.ts";

/** What is not as it comes: mails are let through that the hour's count would refuse, and composed later. */
export const SETTINGS = { MAILS_PER_HOUR: "100" } as const;

/** Serves the built Worker, with so many accounts of every group, for as long as `work` takes. */
export async function whileServed(
  { accounts }: { accounts: number },
  stop: AbortSignal,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const persistTo = join(folder, "state");
  const authSecret = randomBytes(32).toString("hex");
  const done = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();
  try {
    say(`Preparing ${accounts} accounts of each kind …`);
    await applyLocalMigrations(persistTo, stop);
    const people = await insertPeople(accounts, authSecret);
    await executeSql(people, { remote: false, persistTo }, stop);
    say("Building and starting the Worker …");
    await wrangler(["deploy", "--dry-run", "--outdir", join(folder, "bundle")], stop);
    const untilDone = AbortSignal.any([stop, done.signal]);
    const server = await serve(folder, authSecret, untilDone);
    ended = server.ended;
    await server.ready;
    await work(server.url);
  } finally {
    done.abort();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function wrangler(args: readonly string[], stop: AbortSignal): Promise<void> {
  const { output, errors, code } = await wranglerOutput(args, stop);
  if (code !== 0) {
    throw new Problem(`wrangler ${args[0]} failed:\n${output}${errors}`, "Put that right first.");
  }
}

async function serve(folder: string, authSecret: string, stop: AbortSignal) {
  const entry = join(folder, "bundle", "index.js");
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const variables = {
    ...SETTINGS,
    ENVIRONMENT: "development",
    PUBLIC_URL: url,
    AUTH_SECRET: authSecret,
  };
  const config = join(folder, "wrangler.toml");
  writeFileSync(config, lettersLater(readFileSync(join(projectFolder, "wrangler.toml"), "utf8")));
  // Naming a file of secrets, even an empty one, keeps wrangler from reading .dev.vars.
  const secrets = join(folder, "no-secrets");
  writeFileSync(secrets, "");
  const server = startWrangler(
    [
      ...["dev", entry, "--no-bundle", "--config", config, "--env-file", secrets],
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
      ...["--persist-to", join(folder, "state"), "--show-interactive-dev-session=false"],
      ...["--log-level", "error"],
      ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    stop,
  );
  const said = tailOf([server.stdout, server.stderr]);
  const ended = exitCode(server);
  const ready = untilAnswered(url, ended).then((answers) => {
    if (!answers) {
      throw new Problem(`The Worker is not served:\n${said()}`, "Start it by itself: npm run dev");
    }
  });
  return { url, ready, ended };
}

/**
 * The settings with letters composed seconds after they were ordered. At Cloudflare another run of the
 * Worker composes them, on whatever machine; here the same process does, and an answer that is still on its
 * way would wait for whoever has an account to get a letter.
 */
function lettersLater(settings: string): string {
  const changed = settings.replaceAll("max_batch_timeout = 0", "max_batch_timeout = 5");
  if (changed === settings) {
    throw new Problem("No queue of wrangler.toml hands on at once.", "See lettersLater.");
  }
  return changed;
}

/** Asks until anything answers; false when the server ends before. */
async function untilAnswered(url: string, ended: Promise<unknown>): Promise<boolean> {
  const gone = new AbortController();
  ended.then(() => gone.abort());
  return untilHealthy(url, gone.signal).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Reads along, or the server would stand still once its pipe is full, and keeps the last lines. */
function tailOf(outputs: readonly Readable[]): () => string {
  const lines: string[] = [];
  for (const output of outputs) {
    createInterface({ input: output }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - 40);
    });
  }
  return () => lines.join("\n").trim();
}
