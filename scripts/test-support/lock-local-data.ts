import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Has another process write to local data, as a server does, until what it gives is called. */
export function lockLocalData(state: string): () => void {
  const files = globSync(join(state, "v3/d1/**/*.sqlite"));
  const others = files.map((file) => new DatabaseSync(file));
  for (const other of others) {
    other.exec("BEGIN IMMEDIATE");
  }
  return () => {
    for (const other of others) {
      other.exec("COMMIT");
      other.close();
    }
  };
}
