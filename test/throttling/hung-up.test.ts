import { env, exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { registered, somebody } from "../support/people.ts";
import { randomAddress, startService } from "../support/service.ts";

const PATIENCE = { timeout: 60_000 };
/** So often a request that goes on would have had a turn meanwhile. */
const TURNS_MS = 20;

afterEach(() => void vi.restoreAllMocks());

/** Where requests stand until they may go on. It is looked at: no promise of one request wakes another. */
class Barrier {
  inside = 0;
  /** How often the runtime let one that stands here look. */
  looks = 0;
  isOpen = false;

  async pass(): Promise<void> {
    this.inside++;
    while (!this.isOpen) {
      this.looks++;
      await scheduler.wait(1);
    }
  }
}

/** Asks the Worker as it runs, and hangs up as soon as the request stands at a barrier. */
async function hangUpAt(barrier: Barrier, path: string, body: object): Promise<void> {
  const client = new AbortController();
  const answer = exports.default.fetch(`http://localhost:8787${path}`, {
    method: "POST",
    signal: client.signal,
    headers: { "content-type": "application/json", "cf-connecting-ip": randomAddress() },
    body: JSON.stringify(body),
  });
  const hungUp = expect(answer).rejects.toThrow("aborted");
  await expect.poll(() => barrier.inside, PATIENCE).toBe(1);
  client.abort();
  await hungUp;
}

/**
 * Returns when the runtime has stopped whatever it stops of those who hung up: when a request that
 * nothing keeps, whose client hangs up now, looks no more.
 */
async function untilStopped(): Promise<void> {
  const barrier = new Barrier();
  const fence = vi.spyOn(Object.getPrototypeOf(env.CREDENTIAL_FENCE), "limit");
  fence.mockImplementation(async () => {
    await barrier.pass();
    return { success: false };
  });
  await hangUpAt(barrier, "/api/login", somebody());
  await expect
    .poll(async () => {
      const before = barrier.looks;
      await scheduler.wait(TURNS_MS);
      return barrier.looks - before;
    }, PATIENCE)
    .toBe(0);
  fence.mockRestore();
}

/** Hangs up while the password is hashed, and lets the hash go on when nobody is left but who is kept. */
async function hangUpDuringHash(path: string, body: object): Promise<{ done: number }> {
  const barrier = new Barrier();
  const hashes = { done: 0 };
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (algorithm, ...rest) => {
    if ((algorithm as { name: string }).name !== "PBKDF2") {
      return derive(algorithm, ...rest);
    }
    await barrier.pass();
    const bits = await derive(algorithm, ...rest);
    hashes.done++;
    return bits;
  });
  await hangUpAt(barrier, path, body);
  await untilStopped();
  barrier.isOpen = true;
  return hashes;
}

describe("whoever guesses a password and hangs up before the answer", () => {
  it("is written down as whoever waits for it", async () => {
    const service = startService();
    const { email } = await registered(service);
    const { accounts, auditLog } = service.ports;
    const account = await accounts.findByEmail(DEFAULT_TENANT_ID, email);

    await hangUpDuringHash("/api/login", { email, password: "not that one" });

    const events = async () =>
      (await auditLog.list(account?.id ?? "", 10)).map(({ event }) => event);
    await expect.poll(events, PATIENCE).toContain("password-refused");
  });
});

describe("REL-05: whoever hangs up while a password is hashed for them", () => {
  it("holds up nobody who comes after: the hash is finished, and its place given back", async () => {
    const hashes = await hangUpDuringHash("/api/register", somebody());

    await expect.poll(() => hashes.done, PATIENCE).toBe(1);
  });
});
