import { Problem } from "../problem.ts";
import { readOptions } from "../read-options.ts";
import { commandHelp } from "./command-help.ts";
import { isLoopback } from "./is-loopback.ts";
import type { Given, Options } from "./option.ts";
import type { Task } from "./task.ts";
import type { Work } from "./work.ts";

/** One thing that an operator can have done: in one transaction, unless it is work. */
export interface Command<Plan extends Task | Work = Task> {
  /** What it does, in a line. */
  summary: string;
  /** Null when only the help was asked for, which is then said. Refuses options that are wrong. */
  read(name: string, args: readonly string[]): Order<Plan> | null;
}

/** What was asked for, and of which database. */
export interface Order<Plan extends Task | Work = Task> {
  task: Plan;
  remote: boolean;
  /** The answer to the question that is asked before a remote database is written to. */
  yes: boolean;
  /** The folder of another local database. */
  persistTo: string | null;
  /** The environment of wrangler.toml whose remote database it is; production where there is none. */
  env?: string | undefined;
  /** The service whose admin API does it, instead of a database. */
  url: string | null;
}

/** Which database an order is about. */
export type Place = Pick<Order, "remote" | "persistTo" | "env">;

interface Definition<Own extends Options, Plan extends Task | Work> {
  summary: string;
  options: Own;
  /** It can be done through the admin API of a running service. */
  isOverHttp?: true;
  /** Command lines after `npm run admin -- `. */
  examples: readonly string[];
  plan(given: Given<Own>, now: Date): Plan;
}

const SHARED = {
  remote: { what: "the database at Cloudflare that wrangler.toml names, not the local one" },
  env: { value: "name", what: "with --remote: staging, and not production" },
  yes: { what: "write to it without asking" },
  "persist-to": { value: "folder", what: "a local database that is kept elsewhere" },
} as const satisfies Options;

const OVER_HTTP = {
  url: { value: "https://…", what: "the service itself, by its admin API, and no database" },
} as const satisfies Options;

/** A command from its options, and from what they come to. */
export function command<const Own extends Options, Plan extends Task | Work>(
  definition: Definition<Own, Plan>,
): Command<Plan> {
  const options: Options = {
    ...definition.options,
    ...SHARED,
    ...(definition.isOverHttp && OVER_HTTP),
  };
  return {
    summary: definition.summary,

    read(name, args) {
      const help = commandHelp(name, { ...definition, options });
      const values = readOptions(args, parsed(options), help);
      if (!values) {
        return null;
      }
      refuseMissing(name, options, values, help);
      const given = { ...emptyLists(options), ...values };
      const { remote, env, yes, "persist-to": persistTo = null } = given as Given<typeof SHARED>;
      refuseEnvironment(remote, env);
      if (remote && persistTo !== null) {
        throw new Problem(
          "A remote database is kept in no folder.",
          "Leave out --persist-to or --remote.",
        );
      }
      const isDatabase = remote || persistTo !== null;
      // Another command's `--url` is a site.
      const url = definition.isOverHttp
        ? readUrl((given as { url?: string }).url, { isDatabase })
        : null;
      // Node has checked each value against the same table that the type was made from.
      const task = definition.plan(given as unknown as Given<Own>, new Date());
      return { task, remote, yes, persistTo, env, url };
    },
  };
}

function refuseEnvironment(remote: boolean, env: string | undefined): void {
  if (env !== undefined && (!remote || !/^(?:staging|production)$/.test(env))) {
    throw new Problem(
      remote ? `There is no environment ${env}.` : "An environment is one of a remote database.",
      "Give --remote --env staging, or neither.",
    );
  }
}

function parsed(options: Options) {
  const entries = Object.entries(options).map(([name, { value, many = false }]) => [
    name,
    value === undefined
      ? { type: "boolean" as const, default: false }
      : { type: "string" as const, multiple: many },
  ]);
  return Object.fromEntries(entries);
}

function emptyLists(options: Options): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, { many }]) => (many ? [[name, []]] : [])),
  );
}

function refuseMissing(name: string, options: Options, values: object, help: string): void {
  const missing = Object.entries(options)
    .filter(([option, { required }]) => required && !(option in values))
    .map(([option]) => `--${option}`);
  if (missing.length > 0) {
    throw new Problem(`${name} needs ${missing.join(" and ")}.`, `\n${help}`);
  }
}

/** The root of a service. A token goes there: over TLS, or not off this machine. */
function readUrl(
  given: string | undefined,
  { isDatabase }: { isDatabase: boolean },
): string | null {
  if (given === undefined) {
    return null;
  }
  const url = URL.parse(given);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (!url || !isSafe || url.pathname !== "/") {
    throw new Problem(
      `${JSON.stringify(given)} is not the root of a service.`,
      "Give it as in --url https://auth.example.com",
    );
  }
  if (isDatabase) {
    throw new Problem(
      "A service is no database.",
      "Leave out --url, or --remote and --persist-to.",
    );
  }
  return url.origin;
}
