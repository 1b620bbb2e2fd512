import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { answerAt } from "./issuer.ts";
import { latchkeyVariables } from "./latchkey-variables.ts";
import { serveWorker } from "./serve-worker.ts";
import { bundleFolder, LATCHKEY, preparedState } from "./servers.ts";

type Variables = Readonly<Record<string, string>>;

/** One that is nobody else's, and can be stopped and started: its stores, its secret and its port stay. */
export class OwnLatchkey {
  readonly #folder = mkdtempSync(join(tmpdir(), "latchkey-own-"));
  readonly #secret = randomBytes(32).toString("hex");
  #furtherVariables: Variables;
  #url: string | null = null;
  #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  /** Every line that its process wrote, and those before it. */
  readonly said: string[] = [];

  constructor(furtherVariables: Variables) {
    this.#furtherVariables = furtherVariables;
  }

  /** Where its stores stand. */
  get state(): string {
    return join(this.#folder, "state");
  }

  /** Starts a process, and has the tests of this file ask there. */
  async start(): Promise<void> {
    if (this.#url === null) {
      cpSync(preparedState(), this.state, { recursive: true });
      // Or the Workers of this run would find this one by its name.
      process.env["WRANGLER_REGISTRY_PATH"] = join(this.#folder, "registry");
    }
    this.#stop = new AbortController();
    const { url, ended } = await serveWorker(
      {
        config: LATCHKEY,
        folder: this.#folder,
        variables: (base) => ({
          ...latchkeyVariables(base),
          AUTH_SECRET: this.#secret,
          ...this.#furtherVariables,
        }),
        bundle: bundleFolder(),
        hear: (line) => this.said.push(line),
        ...(this.#url !== null && { port: Number(new URL(this.#url).port) }),
      },
      this.#stop.signal,
    );
    this.#url = url;
    this.#ended = ended;
    answerAt(url);
  }

  /** Ends its process and all that it remembers: what is left is what is stored. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  /** Goes on in another process, with these variables beside those that all have. */
  async startAnew(furtherVariables: Variables): Promise<void> {
    await this.stop();
    this.#furtherVariables = furtherVariables;
    await this.start();
  }

  /** For good. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A Latchkey for the tests of one file, with variables beside those that all have. */
export async function ownLatchkey(furtherVariables: Variables = {}): Promise<OwnLatchkey> {
  const latchkey = new OwnLatchkey(furtherVariables);
  after(() => latchkey.remove());
  await latchkey.start();
  return latchkey;
}
