import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { HeldQueue } from "./held-queue.ts";

export interface Calls {
  /** Round trips to the database; a batch is one. */
  d1: number;
  kv: number;
  /** Calls of Durable Objects, those that one makes of another included. */
  durableObjects: number;
  /** Password hashes computed. */
  hashes: number;
  queue: number;
}

/**
 * Counts what some work asks of the platform, in the Worker and inside Durable Objects alike. That is also
 * what a letter asks for that the queue happens to be at: a service that mails before has its mail held.
 */
export async function countCalls(work: () => Promise<unknown>): Promise<Calls> {
  const methods = spyOnPlatform();
  try {
    await work();
    return {
      d1: total(methods.d1),
      kv: total(methods.kv),
      durableObjects: total(methods.durableObjects),
      hashes: methods.derivations.mock.calls.filter(isPasswordHash).length,
      queue: total(methods.queue),
    };
  } finally {
    vi.restoreAllMocks();
  }
}

function spyOnPlatform() {
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
  const database = Object.getPrototypeOf(env.DB);
  const kv = Object.getPrototypeOf(env.CODES);
  const namespace = Object.getPrototypeOf(env.THROTTLE);
  const queue = Object.getPrototypeOf(env.MAIL);
  return {
    d1: [
      ...["all", "raw", "run", "first"].map((name) => vi.spyOn(statement, name)),
      vi.spyOn(database, "batch"),
    ],
    kv: ["get", "put", "delete", "list"].map((name) => vi.spyOn(kv, name)),
    // Each stub is asked once: the adapters get one for every call.
    durableObjects: ["get", "getByName"].map((name) => vi.spyOn(namespace, name)),
    derivations: vi.spyOn(crypto.subtle, "deriveBits"),
    queue: [vi.spyOn(queue, "send"), vi.spyOn(HeldQueue.prototype, "send")],
  };
}

/** Tests run with one link a chain, so that a derivation is a hash. */
function isPasswordHash([algorithm]: unknown[]): boolean {
  return (algorithm as { name: string }).name === "PBKDF2";
}

function total(spies: readonly { mock: { calls: unknown[] } }[]): number {
  return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}
