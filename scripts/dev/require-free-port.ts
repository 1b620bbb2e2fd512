import { once } from "node:events";
import { createServer } from "node:net";
import { Problem } from "../problem.ts";

/**
 * Refuses a port that something listens on, on either loopback address: "localhost" may mean both.
 */
export async function requireFreePort(port: number): Promise<void> {
  if (await isFree(port)) {
    return;
  }
  const other = await nextFreePort(port + 1);
  throw new Problem(
    `Port ${port} is taken: something else already listens there.`,
    `Stop it, or start on another port: npm run dev -- --port ${other}`,
  );
}

async function nextFreePort(first: number): Promise<number> {
  let port = first;
  while (port < 65_535 && !(await isFree(port))) {
    port += 1;
  }
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

async function canListen(port: number, host: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ port, host });
    await once(probe, "listening");
    return true;
  } catch (error) {
    // A machine without IPv6 cannot have the port taken there.
    return (error as NodeJS.ErrnoException).code !== "EADDRINUSE";
  } finally {
    probe.close();
  }
}
