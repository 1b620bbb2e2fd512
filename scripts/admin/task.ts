import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import type { Sql } from "../sql.ts";
import type { AdminApi } from "./admin-api.ts";

export type Row = Record<string, string | number | null>;

/** Where the database is that was written to, for words about what to do next. */
export interface Site {
  /** The root of the service that runs on it. */
  publicUrl: string;
  /** A command line that goes to the same database. */
  admin(line: string): string;
  /** How its runs come, where they do not by themselves; null at Cloudflare. */
  runs: { hour: string; minute: string } | null;
}

/** What a command comes to: one transaction, and what its answers mean. */
export interface Task {
  /** Completes "This will …". */
  intent: string;
  /** It writes nothing: nobody is asked. */
  readsOnly?: true;
  statements: readonly Sql[];
  /** What to say. Throws a problem when nothing matched. */
  report(answers: readonly (readonly Row[])[], site: Site): string[];
  /** What is to be done after it was reported: what is too long for one transaction goes on so. */
  next?(): Promise<Task | null>;
  /** The same through the admin API of a running service, where that can do it. */
  overHttp?: OverHttp;
}

/** What a running service alone can do. */
export interface Errand {
  /** Completes "This will …". */
  intent: string;
  readsOnly?: true;
  overHttp: OverHttp;
}

export interface OverHttp {
  /** What a token has to be good for, and need not be for more. */
  scopes: readonly AdminScope[];
  /** Gives what to say. */
  carryOut(api: AdminApi): Promise<string[]>;
}

interface Definition<Name extends string> {
  intent: string;
  readsOnly?: true;
  /** In the order in which they run. */
  statements: Record<Name, Sql>;
  report(answers: Record<Name, readonly Row[]>, site: Site): string[];
  next?(): Promise<Task | null>;
  overHttp?: OverHttp;
}

/** A task whose answers go by the names of its statements. */
export function task<Name extends string>(definition: Definition<Name>): Task {
  const names = Object.keys(definition.statements) as Name[];
  return {
    intent: definition.intent,
    ...(definition.readsOnly && { readsOnly: true }),
    ...(definition.next && { next: definition.next }),
    ...(definition.overHttp && { overHttp: definition.overHttp }),
    statements: Object.values<Sql>(definition.statements),
    report(answers, site) {
      const named = names.map((name, index) => [name, answers[index] ?? []]);
      return definition.report(Object.fromEntries(named), site);
    },
  };
}
