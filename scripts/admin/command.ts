import { Problem } from "../problem.ts";
import { readOptions } from "../read-options.ts";
import { commandHelp } from "./command-help.ts";
import { isLoopback } from "./is-loopback.ts";
import type { Given, Options } from "./option.ts";
import type { Errand, Task } from "./task.ts";
import type { Work } from "./work.ts";

/** What a command comes to: a transaction, several, or what a running service alone can do. */
export type Plan = Task | Work | Errand;

/** One thing that an operator can have done: in one transaction, unless it is work or an errand. */
export interface Command<Own extends Plan = Task> {
  /** What it does, in a line. */
  summary: string;
  /** What `--help` says. */
  help(name: string): string;
  /** Null when only the help was asked for, which is then said. Refuses options that are wrong. */
  read(name: string, args: readonly string[]): Order<Own> | null;
}

/** What was asked for, and of which database. */
export interface Order<Own extends Plan = Task> {
  task: Own;
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

interface Definition<Own extends Options, Planned extends Plan> {
  summary: string;
  options: Own;
  /** It can be done through the admin API of a running service. */
  isOverHttp?: true;
  /** It only reads, whatever is asked of it: it takes no `--yes`, since it does not ask. */
  onlyReads?: true;
  /** Why it can be done in no other way, as a sentence: for an errand. */
  onlyOverHttp?: string;
  /** Command lines after `npm run admin -- `. */
  examples: readonly string[];
  /**
   * Nothing is done yet, and its operator may take their time to agree: so no plan is told what time it is. What
   * is stored goes by `databaseNow`, and by what `tenantOf` and `findTarget` give to work.
   */
  plan(given: Given<Own>): Planned;
}

const SHARED = {
  remote: { what: "the database at Cloudflare that wrangler.toml names, not the local one" },
  env: { value: "name", what: "with --remote: staging, and not production" },
  yes: { what: "change something at Cloudflare or at --url without asking" },
  "persist-to": { value: "folder", what: "a local database that is kept elsewhere" },
} as const satisfies Options;

const OVER_HTTP = {
  url: { value: "https://…", what: "the service itself, by its admin API, and no database" },
} as const satisfies Options;

/** A command from its options, and from what they come to. */
export function command<const Own extends Options, Planned extends Plan>(
  definition: Definition<Own, Planned>,
): Command<Planned> {
  const { onlyOverHttp } = definition;
  const takesUrl = definition.isOverHttp === true || onlyOverHttp !== undefined;
  const { yes: yesOption, ...databases } = SHARED;
  const options: Options = {
    ...definition.options,
    ...(onlyOverHttp === undefined && databases),
    ...(!definition.onlyReads && { yes: yesOption }),
    ...(takesUrl && OVER_HTTP),
  };
  const helpOf = (name: string) => commandHelp(name, { ...definition, options });
  return {
    summary: definition.summary,
    help: helpOf,

    read(name, args) {
      const help = helpOf(name);
      refuseService(name, options, args);
      // A database that an errand is given is refused for a reason, and not as an unknown option.
      const values = readOptions(args, parsed({ ...SHARED, ...options }), help);
      if (!values) {
        return null;
      }
      refuseMissing(name, options, values, help);
      if (onlyOverHttp !== undefined && !("url" in values)) {
        throw needsService(name, onlyOverHttp);
      }
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
      const url = takesUrl ? readUrl((given as { url?: string }).url, { isDatabase }) : null;
      // Node has checked each value against the same table that the type was made from.
      const task = definition.plan(given as unknown as Given<Own>);
      return { task, remote, yes, persistTo, env, url };
    },
  };
}

function needsService(name: string, why: string): Problem {
  return new Problem(
    why,
    `Name the service: npm run admin -- ${name} … --url https://auth.example.com. On this machine npm run dev serves it, and says where. docs/operating.md says as whom.`,
  );
}

/** Most commands take `--url`: that this one does not is said with what to do, not as of an unknown option. */
function refuseService(name: string, options: Options, args: readonly string[]): void {
  if (!("url" in options) && args.some((arg) => /^--url(?:=|$)/.test(arg))) {
    throw new Problem(
      `${name} works on the database, and not through a service.`,
      "Leave --url away; --remote has it done in the database at Cloudflare.",
    );
  }
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
