import type { Sql } from "../sql.ts";
import type { OverHttp, Row, Site } from "./task.ts";

/** What a command comes to that is more than one transaction. */
export interface Work {
  /** Completes "This will …". */
  intent: string;
  /** It writes nothing to the database: nobody is asked. */
  readsOnly?: true;
  /** Gives what is left to say in the end. */
  run(place: Workplace): Promise<readonly string[]>;
  /** The same through the admin API of a running service, where that can do it. */
  overHttp?: OverHttp;
}

/** Where it is done. */
export interface Workplace {
  database: WorkDatabase;
  site: Site;
  isRemote: boolean;
  stop: AbortSignal;
}

export interface WorkDatabase {
  /** Runs statements in one transaction and gives the rows of each. */
  execute(statements: readonly Sql[]): Promise<Row[][]>;
  close(): Promise<void>;
}
