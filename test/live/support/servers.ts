import { join } from "node:path";
import { Problem } from "../../../scripts/problem.ts";

const VARIABLE = "LATCHKEY_LIVE_SERVERS";

/** Where each Worker of this run answers, by the config it was started with. */
export type Servers = Readonly<Record<string, string>>;

const FOLDER = "LATCHKEY_LIVE_FOLDER";

/** Tells the tests, and whatever else this process starts, what folder this run's Latchkey has. */
export function standIn(folder: string): void {
  process.env[FOLDER] = folder;
}

const within = (name: string) => join(process.env[FOLDER] ?? "", name);

/** Where the stores of this run's Latchkey stand, for commands of an operator. */
export function stateFolder(): string {
  return within("state");
}

/** What its stores were before it ran: the schema, and the clients of the tests. */
export function preparedState(): string {
  return within("prepared");
}

/** What it was built to. */
export function bundleFolder(): string {
  return within("bundle");
}

export const LATCHKEY = "wrangler.toml";

/** An API that asks Latchkey through a service binding. */
export const EXAMPLE_API = "examples/api/wrangler.toml";

/** What tells the tests where the servers are: they run in processes of their own. */
export function serversInEnvironment(servers: Servers): NodeJS.Dict<string> {
  return { [VARIABLE]: JSON.stringify(servers) };
}

/** Where a Worker of this run answers. */
export function urlOf(config: string): string {
  const url = (JSON.parse(process.env[VARIABLE] ?? "{}") as Servers)[config];
  if (!url) {
    throw new Problem(`No server of ${config} was started for the tests.`, "Run: npm run live");
  }
  return url;
}
