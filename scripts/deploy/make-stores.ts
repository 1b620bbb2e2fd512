import { Problem } from "../problem.ts";
import { callWrangler } from "./call-wrangler.ts";
import type { Account } from "./look-at-account.ts";
import type { Step } from "./step.ts";
import type { Store, Target } from "./target.ts";
import { writeId } from "./write-settings.ts";

/** Where what is made shall lie; where this command runs, unless said. */
export interface Place {
  location?: string | undefined;
  jurisdiction?: string | undefined;
}

/** What has to be made, and to be written into wrangler.toml, before a Worker can be bound to it. */
export function makeStores(target: Target, account: Account, place: Place): Step[] {
  return [
    ...target.databases.flatMap((store) => database(target, account, place, store)),
    ...target.namespaces.flatMap((store) => namespace(target, account, place, store)),
    ...makeQueues(target, account.queues, place),
  ];
}

/** Those of them that are missing: of producers, of consumers, and for dead letters. */
export function makeQueues(target: Target, there: Account["queues"], place: Place = {}): Step[] {
  return target.queues
    .filter((queue) => !there.has(queue))
    .map((queue) => ({
      does: `create the queue ${queue}`,
      async carryOut(stop) {
        const args = ["queues", "create", queue, ...flag("jurisdiction", place.jurisdiction)];
        await callWrangler(target, args, stop);
      },
    }));
}

function database(target: Target, account: Account, place: Place, store: Store): Step[] {
  const lie = [
    ...flag("jurisdiction", place.jurisdiction),
    ...flag("location", place.jurisdiction ? undefined : place.location),
  ];
  const args = ["d1", "create", store.name, ...lie, "--update-config=false"];
  return store.id === null
    ? [
        bound(target, "d1_databases", store, account.databases, {
          does: `create the D1 database ${store.name}${lie.length > 0 ? ` (${lie.join(" ")})` : ""}`,
          make: async (stop) => idIn(await callWrangler(target, args, stop), "database_id"),
        }),
      ]
    : [];
}

function namespace(target: Target, account: Account, place: Place, store: Store): Step[] {
  const lie = flag("jurisdiction", place.jurisdiction);
  const args = ["kv", "namespace", "create", store.name, ...lie, "--update-config=false"];
  return store.id === null
    ? [
        bound(target, "kv_namespaces", store, account.namespaces, {
          does: `create the KV namespace ${store.name}`,
          // Wrangler puts an environment's name in front of the title, which has it already.
          make: async (stop) => idIn(await callWrangler({ ...target, env: "" }, args, stop), "id"),
        }),
      ]
    : [];
}

interface Making {
  does: string;
  make(stop: AbortSignal): Promise<string>;
}

/** Makes a store unless there is one of its name, and writes its id into the file. */
function bound(
  { config, env }: Target,
  kind: Parameters<typeof writeId>[2],
  { binding, name }: Store,
  there: ReadonlyMap<string, string>,
  { does, make }: Making,
): Step {
  const id = there.get(name);
  return {
    does: id === undefined ? `${does}, and note its id` : `note the id of ${name}, which is there`,
    async carryOut(stop) {
      writeId(config, env, kind, { binding, id: id ?? (await make(stop)) });
    },
  };
}

/** The id of what was made, out of the lines for a config that Wrangler writes. */
function idIn(output: string, key: "database_id" | "id"): string {
  const id = new RegExp(`"?\\b${key}"?\\s*[:=]\\s*"([0-9a-f-]{32,36})"`).exec(output)?.[1];
  if (id === undefined) {
    throw new Problem(
      `Wrangler did not say the id of what it made:\n${output}`,
      "It is found by its name the next time.",
    );
  }
  return id;
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}
