import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Output, Surroundings } from "../surroundings.ts";

export interface TestSurroundings extends Surroundings {
  /** Every wait in seconds. Nobody waited: the clock was set on. */
  readonly waits: number[];
  readonly setOn: (seconds: number) => void;
  readonly opened: string[];
  readonly said: () => { readonly out: string; readonly err: string };
}

/** A person's machine with an empty home, whose clock moves when a command sleeps. */
export async function testSurroundings(
  t: TestContext,
  changed: Partial<Surroundings> = {},
): Promise<TestSurroundings> {
  const home = await mkdtemp(join(tmpdir(), "latchkey-cli-"));
  t.after(() => rm(home, { recursive: true }));
  let now = Date.parse("2030-01-01T00:00:00Z");
  const waits: number[] = [];
  const opened: string[] = [];
  const out = written();
  const err = written();
  return {
    fetch,
    now: () => now,
    random: () => 0,
    sleep: async (milliseconds) => {
      waits.push(milliseconds / 1_000);
      now += milliseconds;
    },
    stop: new AbortController().signal,
    directory: join(home, "latchkey-cli"),
    issuer: null,
    openBrowser: async (url) => {
      opened.push(url.href);
    },
    ...changed,
    out: out.output,
    err: err.output,
    waits,
    setOn: (seconds) => {
      now += seconds * 1_000;
    },
    opened,
    said: () => ({ out: out.text(), err: err.text() }),
  };
}

function written(): { output: Output; text: () => string } {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const output = {
    isTerminal: false,
    columns: 80,
    write,
    paint: (_: unknown, plain: string) => plain,
  };
  return { output, text: () => text };
}
