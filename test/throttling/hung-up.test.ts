import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { registered, somebody } from "../support/people.ts";
import { randomAddress, startService } from "../support/service.ts";

/** For the runtime to stop a request whose client is gone, where nothing keeps it. */
const UNTIL_STOPPED_MS = 100;

afterEach(() => void vi.restoreAllMocks());

/** Holds password hashes until let go on. Looked at, since no promise of one request wakes another. */
function holdHashes() {
  const seen = { inside: 0, done: 0, letGo: false };
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (algorithm, ...rest) => {
    if ((algorithm as { name: string }).name !== "PBKDF2") {
      return derive(algorithm, ...rest);
    }
    seen.inside++;
    while (!seen.letGo) {
      await scheduler.wait(1);
    }
    const bits = await derive(algorithm, ...rest);
    seen.done++;
    return bits;
  });
  return seen;
}

/** Asks the Worker as it runs, hangs up while the password is hashed, and only then lets the hash go on. */
async function hangUpDuringHash(path: string, body: object): Promise<{ done: number }> {
  const seen = holdHashes();
  const client = new AbortController();
  const answer = exports.default.fetch(`http://localhost:8787${path}`, {
    method: "POST",
    signal: client.signal,
    headers: { "content-type": "application/json", "cf-connecting-ip": randomAddress() },
    body: JSON.stringify(body),
  });
  const hungUp = expect(answer).rejects.toThrow("aborted");
  await expect.poll(() => seen.inside, { timeout: 60_000 }).toBe(1);
  client.abort();
  await hungUp;
  await scheduler.wait(UNTIL_STOPPED_MS);
  seen.letGo = true;
  return seen;
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
    await expect.poll(events, { timeout: 60_000 }).toContain("password-refused");
  });
});

describe("REL-05: whoever hangs up while a password is hashed for them", () => {
  it("holds up nobody who comes after: the hash is finished, and its place given back", async () => {
    const seen = await hangUpDuringHash("/api/register", somebody());

    await expect.poll(() => seen.done, { timeout: 60_000 }).toBe(1);
  });
});
