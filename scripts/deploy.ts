import { spawn } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";
import { confirm } from "./confirm.ts";
import { carryOut } from "./deploy/carry-out.ts";
import {
  lookAtAccount,
  queuesThere,
  refuseForeignIds,
  refuseMissingMailSecret,
} from "./deploy/look-at-account.ts";
import { makeQueues, makeStores } from "./deploy/make-stores.ts";
import { type NewSecret, newSecret } from "./deploy/new-secret.ts";
import { releaseWorker } from "./deploy/release-worker.ts";
import type { Step } from "./deploy/step.ts";
import { readTarget, type Target } from "./deploy/target.ts";
import { untilReady } from "./deploy/until-ready.ts";
import { settingsStep } from "./deploy/write-settings.ts";
import { exitCode } from "./dev/exit-code.ts";
import { Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Brings this checkout to Cloudflare: makes what is missing in the account, applies the migrations, deploys the
Worker, waits until it is ready and looks at it. It says what it will do and asks; run again, it does what is left.

npm run deploy -- [options]

  --env <name>          staging, or production, which it is unless given
  --domain <host>       where people reach it, such as auth.acme.com; kept in wrangler.toml
  --mail-from <sender>  what mail comes from, as "Acme <no-reply@acme.com>"; kept in wrangler.toml
  --location <hint>     where a new D1 database shall lie: weur, eeur, wnam, enam, apac, oc
  --jurisdiction <in>   where new stores have to stay: eu, us, fedramp; takes the place of a hint
  --yes                 change things without asking
  --no-wait             leave it to you to see whether it is ready
  --config <file>       another wrangler.toml
  --help                this

Wrangler has to be signed in: npx wrangler login. A Worker without AUTH_SECRET gets the one of that name in the
environment, or a new one, which is shown once.`;

const OPTIONS = {
  env: { type: "string", default: "production" },
  domain: { type: "string" },
  "mail-from": { type: "string" },
  location: { type: "string" },
  jurisdiction: { type: "string" },
  yes: { type: "boolean", default: false },
  "no-wait": { type: "boolean", default: false },
  config: { type: "string", default: join(projectFolder, "wrangler.toml") },
} as const;

await runScript(async (stop) => {
  const given = readOptions(process.argv.slice(2), OPTIONS, HELP);
  if (!given) {
    return;
  }
  const { config } = given;
  const env = readEnvironment(given.env);
  refuseDomain(given.domain);
  const settings = { domain: given.domain, mailFrom: given["mail-from"] };
  const target = readTarget(config, env, settings);
  const written = settingsStep(config, env, settings);
  const isBuild = process.env["WORKERS_CI"] === "1";

  say(`Looking at the account …`);
  const planned = await (isBuild ? planBuild(target, stop) : plan(target, given, stop));
  const { secret } = planned;
  const steps = [...written, ...planned.steps];
  say(`\n${styleText("bold", `${target.worker} at ${target.publicUrl}`)} (${given.env})\n`);
  steps.forEach(({ does }, index) => {
    say(`${String(index + 1).padStart(3)}. ${does}`);
  });
  say();
  if (!given.yes && !isBuild) {
    await confirm("Go on? y/N ", stop);
  }
  showOnce(secret);
  await carryOut(steps, stop);
  await finish(target, given["no-wait"] || isBuild, stop);
});

async function plan(
  target: Target,
  given: { location?: string; jurisdiction?: string },
  stop: AbortSignal,
): Promise<{ steps: Step[]; secret: NewSecret | null }> {
  const account = await lookAtAccount(target, stop);
  refuseForeignIds(target, account);
  refuseMissingMailSecret(target, account);
  const secret = newSecret(account);
  const stores = makeStores(target, account, given);
  const isNew = account.secrets === null;
  const release = await releaseWorker(target, { isNew, secret }, stop);
  return { steps: [...stores, ...release], secret };
}

/**
 * Cloudflare's own build has asked for the secret and made what the Worker is bound to before this runs.
 * A queue that it only reads from, or that takes dead letters, is no binding.
 */
async function planBuild(target: Target, stop: AbortSignal) {
  const queues = makeQueues(target, await queuesThere(target, stop));
  const release = await releaseWorker(target, { isNew: false, secret: null }, stop);
  return { steps: [...queues, ...release], secret: null };
}

/** Nobody can be shown it again: Cloudflare keeps it, and gives it to the Worker alone. */
function showOnce(secret: NewSecret | null): void {
  if (secret && !secret.isKept) {
    say(
      `The new AUTH_SECRET, shown this once. Keep it where you keep secrets:\n\n  ${secret.value}\n`,
    );
  }
}

async function finish(target: Target, isLeft: boolean, stop: AbortSignal): Promise<void> {
  const { publicUrl, mailDomain, env } = target;
  const where = env ? `--remote --env ${env}` : "--remote";
  const first = `\nThe first superadmin: npm run admin -- create-superadmin --email you@acme.com ${where}
Then, if people are to register themselves: npm run admin -- set-registration --open ${where}`;
  if (isLeft) {
    say(
      `\nDeployed. See whether it is well: npm run doctor -- ${publicUrl} --mail-domain ${mailDomain}${first}`,
    );
    return;
  }
  say(`\nWaiting for ${publicUrl}/health/ready …`);
  await untilReady(publicUrl, stop);
  const doctor = join(projectFolder, "scripts", "doctor.ts");
  const looking = spawn(process.execPath, [doctor, publicUrl, "--mail-domain", mailDomain], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  stop.addEventListener("abort", () => looking.kill("SIGTERM"), { once: true });
  process.exitCode = await exitCode(looking);
  say(first);
  say("Commit wrangler.toml where it was changed: ids are no secrets.");
}

function readEnvironment(given: string): string {
  if (given !== "production" && given !== "staging") {
    throw new Problem(`There is no environment ${given}.`, "Give staging or production.");
  }
  return given === "production" ? "" : given;
}

function refuseDomain(domain: string | undefined): void {
  if (domain !== undefined && !/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(domain)) {
    throw new Problem(
      `"${domain}" is not a host.`,
      "Give it without https://, such as auth.acme.com.",
    );
  }
}
