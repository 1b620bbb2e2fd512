import { inspect } from "node:util";
import { until } from "./until.ts";

/** What comes of work on the files of a server that runs: done again where that was writing to them. */
export function onceFree<T>(work: () => Promise<T>): Promise<T> {
  return until("the database to be free", () =>
    work().catch((error) => {
      if (inspect(error).includes("SQLITE_BUSY")) {
        return null;
      }
      throw error;
    }),
  );
}
