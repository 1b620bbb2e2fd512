import { requireNoServer } from "./require-no-server.ts";
import { noteServer } from "./running-servers.ts";

/**
 * Notes that this process serves the local data, and refuses where another does: a second one would write
 * its own address into the data of the first. Noted before it looks, of two that start at once none runs.
 */
export function claimLocalData(port: number, notes?: string): void {
  noteServer(port, notes);
  requireNoServer(notes);
}
