import { unstable_readConfig } from "wrangler";

/** What is read of Wrangler's own reading of its file. */
export interface Config {
  name?: string | undefined;
  vars: Readonly<Record<string, unknown>>;
  routes?: (string | { pattern: string; custom_domain?: boolean })[] | undefined;
  d1_databases: { binding: string; database_name?: string; database_id?: string }[];
  kv_namespaces: { binding: string; id?: string }[];
  queues: {
    producers?: { binding: string; queue: string }[];
    consumers?: { queue: string; dead_letter_queue?: string }[];
  };
}

/** An environment of a wrangler.toml, as Wrangler reads it. Production is the one without a name. */
export function readConfig(config: string, env: string): Config {
  const read: Config = unstable_readConfig({ config, env }, { hideWarnings: true });
  return structuredClone(read);
}
