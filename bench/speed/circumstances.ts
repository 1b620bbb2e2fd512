import { cpus } from "node:os";
import { join } from "node:path";
import { installedVersion } from "../../scripts/installed.ts";
import { machine } from "../enumeration/machine.ts";

/** When, on what and beside which versions it was measured. */
export function circumstances() {
  const { date, machine: measuredOn } = machine();
  const [processor] = cpus();
  return {
    date,
    machine: { processor: processor?.model ?? "unknown", ...measuredOn },
    peers: peers(),
  };
}

function peers(): Record<string, string> {
  const folder = join(import.meta.dirname, "..");
  const names = ["better-auth", "@cloudflare/workers-oauth-provider", "oidc-provider"];
  return Object.fromEntries(
    names.map((name) => [name, installedVersion(folder, name) ?? "not installed"]),
  );
}
