import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";

/** When and on what it was measured. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cores: availableParallelism(),
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
      workerd: versionOf("workerd"),
      wrangler: versionOf("wrangler"),
    },
  };
}

function versionOf(name: string): string {
  const file = join(projectFolder, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
