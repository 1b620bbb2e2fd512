import { readdirSync, readFileSync } from "node:fs";

/** The SQL of every migration, in the order in which they are applied. */
export function migrations(): string[] {
  const files = readdirSync("drizzle").filter((name) => name.endsWith(".sql"));
  return files.sort().map((file) => readFileSync(`drizzle/${file}`, "utf8"));
}
