import type latchkey from "../../../src/index.ts";
import type { Bindings } from "../../../src/ports.ts";

/** In the stead of Cloudflare's `send_email` binding: what is handed over is put down. */
const PUT_DOWN = { send: async () => ({ messageId: "put-down" }) } as SendEmail;

/**
 * The Worker with its outer fences counted in memory, as Cloudflare counts them: on the machine, without
 * a round trip. The simulator asks a Durable Object that writes a row, which takes longer than what is
 * fenced. Letters are ordered, queued and composed, and given to `email` where they would be handed over.
 */
export function surrounded(worker: typeof latchkey, email = PUT_DOWN): typeof latchkey {
  let made: Bindings | undefined;
  /** Always the same for the one set of bindings that there is: the Worker composes its service once for it. */
  const surroundings = (env: Bindings) => {
    made ??= { ...env, ...fencesInMemory(), EMAIL: email };
    return made;
  };
  return {
    fetch: (request, env, ctx) => worker.fetch(request, surroundings(env), ctx),
    queue: (batch, env) => worker.queue(batch, surroundings(env)),
    scheduled: (controller, env) => worker.scheduled(controller, surroundings(env)),
  };
}

const FENCES = [
  "CREDENTIAL_FENCE",
  "CREDENTIAL_SITE_FENCE",
  "DEVICE_START_FENCE",
  "REQUEST_FENCE",
  "RETURN_FENCE",
] as const;
/** The highest of wrangler.toml. Whoever asks in a benchmark stays below each. */
const LIMIT = 3000;
const PERIOD_MS = 60_000;

/** Every fence of wrangler.toml. */
function fencesInMemory(): Record<string, RateLimit> {
  return Object.fromEntries(FENCES.map((name) => [name, new MemoryFence()]));
}

class MemoryFence implements RateLimit {
  #counts = new Map<string, number>();
  #minute = 0;

  async limit({ key }: RateLimitOptions): Promise<RateLimitOutcome> {
    const minute = Math.floor(Date.now() / PERIOD_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return { success: count <= LIMIT };
  }
}
