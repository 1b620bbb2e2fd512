import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Makes a project elsewhere that has the package as `npm pack` makes it, and leaves the tarball there. */
export function packClient(): { project: string; tarball: string } {
  const project = mkdtempSync(join(tmpdir(), "latchkey-package-"));
  const own = join(project, "node_modules", "latchkey");
  mkdirSync(own, { recursive: true });
  const packing = ["pack", "./client", "--silent", "--pack-destination", project];
  const tarball = join(
    project,
    execFileSync("npm", packing, { cwd: root, encoding: "utf8" }).trim(),
  );
  execFileSync("tar", ["-xzf", tarball, "-C", own, "--strip-components", "1"]);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  return { project, tarball };
}
