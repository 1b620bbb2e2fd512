import { readFileSync } from "node:fs";
import { Problem } from "../problem.ts";
import { type Config, readConfig } from "./read-config.ts";
import { customDomainsOf, type Settings } from "./write-settings.ts";

/** What an environment of wrangler.toml deploys, and the stores that it is bound to. */
export interface Target {
  /** The file that it stands in. */
  config: string;
  /** "staging", or nothing: production is the top of the file. */
  env: string;
  worker: string;
  publicUrl: string;
  /** The hosts that are pointed at the Worker. */
  customDomains: readonly string[];
  /** The domain that mail comes from. */
  mailDomain: string;
  /** The secret without which it refuses to start, since its letters are carried so; null for none. */
  mailSecret: string | null;
  databases: readonly Store[];
  namespaces: readonly Store[];
  /** Every queue that it sends to, reads from, or gives dead letters to. */
  queues: readonly string[];
}

export interface Store {
  binding: string;
  name: string;
  /** As the file has it; null while it is the placeholder. */
  id: string | null;
}

const EXAMPLE = /(?:^|[.@/])example\.com\b/;

/**
 * Reads what is deployed once these settings are written into the file. Refuses one in which it would not
 * say where people reach it.
 */
export function readTarget(config: string, env: string, settings: Settings = {}): Target {
  const read = readConfig(config, env);
  const worker = read.name ?? "";
  const { domain, mailFrom = String(read.vars["MAIL_FROM"] ?? "") } = settings;
  const publicUrl =
    domain === undefined ? String(read.vars["PUBLIC_URL"] ?? "") : `https://${domain}`;
  refuseExamples({ PUBLIC_URL: publicUrl, MAIL_FROM: mailFrom }, env);
  refuseUnread(read.queues);
  const { producers = [], consumers = [] } = read.queues;
  return {
    ...{ config, env, worker, publicUrl },
    customDomains:
      domain === undefined ? customDomainsIn(read.routes ?? []) : customDomainsOf(domain),
    mailDomain: /@([^\s>]+)/.exec(mailFrom)?.[1] ?? "",
    mailSecret: mailSecretOf(read.vars),
    databases: read.d1_databases.map(({ binding, database_name, database_id }) => ({
      binding,
      name: database_name ?? `${worker}-${asName(binding)}`,
      id: unlessPlaceholder(database_id),
    })),
    namespaces: read.kv_namespaces.map(({ binding, id }) => ({
      binding,
      name: `${worker}-${asName(binding)}`,
      id: unlessPlaceholder(id),
    })),
    queues: [
      ...new Set([
        ...producers.map(({ queue }) => queue),
        ...consumers.flatMap(({ queue, dead_letter_queue: dead }) => [
          queue,
          ...(dead ? [dead] : []),
        ]),
      ]),
    ],
  };
}

function customDomainsIn(routes: NonNullable<Config["routes"]>): string[] {
  return routes.flatMap((route) =>
    typeof route === "object" && route.custom_domain ? [route.pattern] : [],
  );
}

/** As src/settings/mail-settings.ts reads it. */
function mailSecretOf(vars: Readonly<Record<string, unknown>>): string | null {
  if (vars["MAIL_TRANSPORT"] === "resend") {
    return "RESEND_API_KEY";
  }
  return vars["MAIL_TRANSPORT"] === "smtp" && vars["SMTP_USERNAME"] ? "SMTP_PASSWORD" : null;
}

function refuseExamples(settings: Readonly<Record<string, string>>, env: string): void {
  const unset = Object.entries(settings).filter(([, value]) => EXAMPLE.test(value) || !value);
  if (unset.length > 0) {
    const command = `npm run deploy --${env && ` --env ${env}`} --domain auth${env && `-${env}`}.acme.com`;
    throw new Problem(
      `${unset.map(([name]) => name).join(" and ")} in wrangler.toml ${unset.length > 1 ? "are examples" : "is an example"}.`,
      `Say where people reach it, and what mail comes from: ${command} --mail-from "Acme <no-reply@acme.com>"`,
    );
  }
}

/** Whoever gives one another name may forget its consumer: letters would go in, and none come out. */
function refuseUnread({ producers = [], consumers = [] }: Config["queues"]): void {
  const unread = producers.find(({ queue }) => !consumers.some((one) => one.queue === queue));
  if (unread) {
    throw new Problem(
      `Nothing reads the queue ${unread.queue}, which ${unread.binding} sends to in wrangler.toml.`,
      "Give it the name that one of the [[queues.consumers]] has, or that one the same name.",
    );
  }
}

/** As Wrangler calls what it makes for a binding. */
function asName(binding: string): string {
  return binding.toLowerCase().replaceAll("_", "-");
}

function unlessPlaceholder(id: string | undefined): string | null {
  return id === undefined || /^[0-]+$/.test(id) ? null : id;
}

/** The version of package.json, by which the Worker's versions are told apart. */
export function releasedVersion(projectFolder: string): string {
  const { version } = JSON.parse(readFileSync(`${projectFolder}/package.json`, "utf8")) as {
    version: string;
  };
  return version;
}
