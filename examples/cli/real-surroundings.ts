import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { styleText } from "node:util";
import { configDirectory } from "./sign-in/config-directory.ts";
import type { Output, Surroundings } from "./surroundings.ts";
import { openBrowser } from "./terminal/open-browser.ts";

/** The machine the program runs on. */
export function realSurroundings(stop: AbortSignal): Surroundings {
  return {
    fetch,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds) => wait(milliseconds, undefined, { signal: stop }),
    stop,
    directory: configDirectory(process.env, homedir()),
    issuer: process.env["LATCHKEY_ISSUER"] || null,
    openBrowser,
    out: output(process.stdout),
    err: output(process.stderr),
  };
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
    write: (text) => stream.write(text),
    paint: (colors, text) => styleText([...colors], text, { stream }),
  };
}
