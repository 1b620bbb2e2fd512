import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A site of somebody else that shows one page, whatever it is asked, and has no pictures. */
export interface Site {
  /** Another host than Latchkey's: what browsers call cross-site. */
  origin: string;
  /** Another port of Latchkey's own host: what browsers call same-site. */
  neighbour: string;
}

/** Serves a site of somebody else on this machine for as long as they run that ask for it. */
export async function serveSite(
  html: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const server = createServer((request, response) => {
    response.writeHead(request.url?.endsWith(".png") ? 404 : 200, {
      "content-type": "text/html; charset=utf-8",
      ...headers,
    });
    response.end(
      `<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">${html}`,
    );
  });
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  // Whoever runs the tests is not kept waiting by it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, neighbour: `http://localhost:${port}` };
}
