import { cpus } from "node:os";
import { machine } from "../enumeration/machine.ts";
import { benchFolder, installedVersion } from "./installed.ts";

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
  const names = ["better-auth", "@cloudflare/workers-oauth-provider", "oidc-provider"];
  return Object.fromEntries(
    names.map((name) => [name, installedVersion(benchFolder, name) ?? "not installed"]),
  );
}
