import { readFileSync, writeFileSync } from "node:fs";
import { Problem } from "../problem.ts";
import type { Step } from "./step.ts";

/** What a deployment writes into wrangler.toml, so that whoever deploys next need not know it. */
export interface Settings {
  /** The host that people reach; a custom domain unless it is one of workers.dev. */
  domain?: string | undefined;
  mailFrom?: string | undefined;
}

/** Writes where an environment is reached and what its mail comes from, and leaves the rest as it is. */
export function writeSettings(config: string, env: string, settings: Settings): void {
  writeFileSync(config, withSettings(readFileSync(config, "utf8"), env, settings));
}

/** The same as a step, to be shown before it is done. None where the file says all of it already. */
export function settingsStep(config: string, env: string, settings: Settings): Step[] {
  const { domain, mailFrom } = settings;
  const text = readFileSync(config, "utf8");
  if (withSettings(text, env, settings) === text) {
    return [];
  }
  const what = [
    ...(domain === undefined ? [] : [`that people reach it at ${domain}`]),
    ...(mailFrom === undefined ? [] : [`that mail comes from ${mailFrom}`]),
  ];
  return [
    {
      does: `write into ${config} ${what.join(" and ")}`,
      carryOut: async () => writeSettings(config, env, settings),
    },
  ];
}

/** The host that is to be pointed at the Worker, if any: one of workers.dev leads there by itself. */
export function customDomainsOf(domain: string): string[] {
  return domain.endsWith(".workers.dev") ? [] : [domain];
}

function withSettings(before: string, env: string, { domain, mailFrom }: Settings): string {
  let text = before;
  if (domain !== undefined) {
    text = setLine(text, section(env, "vars"), "PUBLIC_URL", JSON.stringify(`https://${domain}`));
    text = setLine(text, section(env, ""), "routes", routes(domain));
  }
  if (mailFrom !== undefined) {
    text = setLine(text, section(env, "vars"), "MAIL_FROM", JSON.stringify(mailFrom));
  }
  return text;
}

/** Writes the id of a store that was made, by its binding. */
export function writeId(
  config: string,
  env: string,
  kind: "d1_databases" | "kv_namespaces",
  { binding, id }: { binding: string; id: string },
): void {
  const key = kind === "d1_databases" ? "database_id" : "id";
  const header = `[[${env ? `env.${env}.` : ""}${kind}]]\nbinding = "${binding}"\n`;
  const text = readFileSync(config, "utf8");
  writeFileSync(config, setLine(text, header, key, JSON.stringify(id)));
}

/** None is said as well: an environment that says nothing takes over those of the top. */
function routes(domain: string): string {
  const [host] = customDomainsOf(domain);
  return host === undefined
    ? "[]"
    : `[{ pattern = ${JSON.stringify(host)}, custom_domain = true }]`;
}

/** The header of a table; none for the top of the file. */
function section(env: string, table: string): string {
  const path = [...(env ? ["env", env] : []), ...(table ? [table] : [])].join(".");
  return path ? `[${path}]\n` : "";
}

/** Sets a key in the lines under a header, up to the next table; one that is commented out as well. */
function setLine(text: string, header: string, key: string, value: string): string {
  const begin = text.startsWith(header) ? 0 : text.indexOf(`\n${header}`) + 1;
  if (begin === 0 && !text.startsWith(header)) {
    throw missing(header, key);
  }
  const from = begin + header.length;
  const next = text.slice(from).search(/^\[/m);
  const until = next < 0 ? text.length : from + next;
  const lines = text.slice(from, until);
  const line = new RegExp(`^(?:# )?${key} = .*$`, "m");
  if (!line.test(lines)) {
    throw missing(header, key);
  }
  return text.slice(0, from) + lines.replace(line, () => `${key} = ${value}`) + text.slice(until);
}

function missing(header: string, key: string): Problem {
  return new Problem(
    `wrangler.toml has no line for ${key}${header ? ` under ${header.trim().split("\n")[0]}` : " at its top"}.`,
    "Write it as the file had it at first, or set it by hand and leave out the option.",
  );
}
