import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const PAGE = `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
<script type="module">globalThis.latchkey = await import("/client/client.js");</script>`;

/**
 * Serves a product's site, whose every page has loaded `latchkey/client` as a browser gets it, for as long
 * as they run that ask for it. Gives its origin, which is another one than Latchkey's.
 */
export async function serveClient(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-site-"));
  after(() => rmSync(folder, { recursive: true }));
  execFileSync("tsc", ["-p", "client/tsconfig.build.json", "--outDir", folder]);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    if (/^\/[\w/-]+\.js$/.test(pathname)) {
      response.writeHead(200, { "content-type": "text/javascript" });
      response.end(readFileSync(join(folder, pathname)));
    } else {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(PAGE);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
