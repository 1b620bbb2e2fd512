import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder.ts";

/** A development server on the local data. */
export interface RunningServer {
  pid: number;
  port: number;
}

const notes = join(projectFolder, ".wrangler", "dev-servers");

/** Leaves a note that this process serves the local data, until it ends. */
export function noteServer(port: number, folder: string = notes): void {
  const note = join(folder, `${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(note, JSON.stringify({ pid: process.pid, port } satisfies RunningServer));
  process.once("exit", () => rmSync(note, { force: true }));
}

/** The servers that left a note and still run, but for this process. Notes of dead ones are removed. */
export function runningServers(folder: string = notes): RunningServer[] {
  return namesIn(folder).flatMap((name) => {
    const note = join(folder, name);
    const server = read(note);
    if (!server || !isServer(server.pid)) {
      rmSync(note, { force: true });
      return [];
    }
    return server.pid === process.pid ? [] : [server];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function read(note: string): RunningServer | null {
  try {
    return JSON.parse(readFileSync(note, "utf8")) as RunningServer;
  } catch {
    return null;
  }
}

/** A server that was killed outright leaves its note behind, and its number to another program. */
function isServer(pid: number): boolean {
  if (!isAlive(pid)) {
    return false;
  }
  const listed = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  // Where nobody can say what runs under the number, it may be the server.
  return listed.status !== 0 || pid === process.pid || listed.stdout.includes("dev.ts");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
