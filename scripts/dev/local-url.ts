import { runningServers } from "./running-servers.ts";

/** Where the development server is reached that runs on the local data, or would be. */
export function localUrl(notes?: string): string {
  const [server] = runningServers(notes);
  return `http://localhost:${server?.port ?? 8787}`;
}
