import { Problem } from "../problem.ts";
import { readWrangler, refused, tryWrangler } from "./call-wrangler.ts";
import type { Target } from "./target.ts";

/** What of a target is in the account already. */
export interface Account {
  /** Ids by name. */
  databases: ReadonlyMap<string, string>;
  namespaces: ReadonlyMap<string, string>;
  queues: ReadonlySet<string>;
  /** The secrets that the Worker has; null where there is no such Worker. */
  secrets: ReadonlySet<string> | null;
}

/** Looks, and changes nothing. */
export async function lookAtAccount(target: Target, stop: AbortSignal): Promise<Account> {
  const [databases, namespaces, queues, secrets] = await Promise.all([
    readWrangler<{ uuid: string; name: string }[]>(target, ["d1", "list", "--json"], stop),
    readWrangler<{ id: string; title: string }[]>(target, ["kv", "namespace", "list"], stop),
    queuesThere(target, stop),
    secretsOf(target, stop),
  ]);
  return {
    databases: new Map(databases.map(({ name, uuid }) => [name, uuid])),
    namespaces: new Map(namespaces.map(({ title, id }) => [title, id])),
    queues,
    secrets,
  };
}

/** Ids in wrangler.toml that the account does not have are those of another account. */
export function refuseForeignIds(
  target: Pick<Target, "databases" | "namespaces">,
  account: Pick<Account, "databases" | "namespaces">,
): void {
  const foreign = [
    ...target.databases.filter(({ id }) => id && ![...account.databases.values()].includes(id)),
    ...target.namespaces.filter(({ id }) => id && ![...account.namespaces.values()].includes(id)),
  ];
  if (foreign.length > 0) {
    throw new Problem(
      `This account has no ${foreign.map(({ name, id }) => `${name} (${id})`).join(" and no ")}.`,
      "Sign in to the account that wrangler.toml is about, or put zeros in place of its ids to have them made here.",
    );
  }
}

/** A Worker without it would be deployed, and refuse to start. */
export function refuseMissingMailSecret(
  { env, mailSecret }: Pick<Target, "env" | "mailSecret">,
  { secrets }: Pick<Account, "secrets">,
): void {
  if (mailSecret !== null && !secrets?.has(mailSecret)) {
    throw new Problem(
      `MAIL_TRANSPORT in wrangler.toml takes the secret ${mailSecret}, which the Worker does not have.`,
      `Set it, which makes the Worker where there is none, and deploy again: npx wrangler secret put ${mailSecret}${env && ` --env ${env}`}`,
    );
  }
}

/** Which of a target's queues are there. */
export async function queuesThere(target: Target, stop: AbortSignal): Promise<Set<string>> {
  const looked = target.queues.map(async (queue) => {
    const args = ["queues", "info", queue];
    const { code, said } = await tryWrangler(target, args, stop);
    if (code !== 0 && !said.includes("does not exist")) {
      throw refused(args, said);
    }
    return code === 0 ? [queue] : [];
  });
  return new Set((await Promise.all(looked)).flat());
}

async function secretsOf(target: Target, stop: AbortSignal): Promise<Set<string> | null> {
  const args = ["secret", "list", "--format", "json"];
  const { code, output, said } = await tryWrangler(target, args, stop);
  if (code === 0) {
    const secrets = JSON.parse(output.slice(output.indexOf("["))) as { name: string }[];
    return new Set(secrets.map(({ name }) => name));
  }
  if (/Worker "[^"]*".* not found/.test(said)) {
    return null;
  }
  throw refused(args, said);
}
