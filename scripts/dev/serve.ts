import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { say } from "../say.ts";
import { exitCode } from "./exit-code.ts";
import { readableLogLine } from "./readable-log-line.ts";
import { startWrangler } from "./start-wrangler.ts";

/** Serves the Worker on the loopback until told to stop, and answers with the server's exit code. */
export function serve(port: number, publicUrl: string, stop: AbortSignal): Promise<number> {
  const wrangler = startWrangler(
    [
      "dev",
      "--port",
      String(port),
      "--ip",
      "127.0.0.1",
      "--var",
      "ENVIRONMENT:development",
      "--var",
      `PUBLIC_URL:${publicUrl}`,
      "--show-interactive-dev-session=false",
      "--test-scheduled",
      "--log-level",
      "info",
    ],
    stop,
  );
  relay(wrangler.stdout);
  relay(wrangler.stderr);
  return exitCode(wrangler);
}

function relay(output: Readable): void {
  createInterface({ input: output }).on("line", (line) => {
    const readable = readableLogLine(line);
    if (readable !== null) {
      say(readable);
    }
  });
}
