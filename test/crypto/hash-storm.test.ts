import { afterEach, describe, expect, it, vi } from "vitest";
import type { PasswordHashes } from "../../src/core/ports.ts";
import { stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { countFigure } from "../support/figures.ts";
import { type SignedInBody, signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const STORM = 50;
/** One that is computed and 32 that wait for it. */
const TAKEN = 33;

afterEach(() => void vi.restoreAllMocks());

/** Holds every password hash until it is let go on, and sees how many are computed at a time. */
function holdHashes() {
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  const seen = { inside: 0, most: 0, done: 0 };
  vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (algorithm, ...rest) => {
    if ((algorithm as { name: string }).name !== "PBKDF2") {
      return derive(algorithm, ...rest);
    }
    seen.inside++;
    seen.most = Math.max(seen.most, seen.inside);
    await letGo;
    const bits = await derive(algorithm, ...rest);
    seen.inside--;
    seen.done++;
    return bits;
  });
  return { seen, letGo: resolve };
}

describe("REL-05: fifty sign-ins at once", () => {
  it("are hashed one at a time while 32 wait, turn the rest away, and hold up nobody else", async (test) => {
    // Nobody who waits is taken for gone, however slow the machine.
    stopClock();
    const service = startService();
    const { refreshToken } = await signedIn(service);
    const { seen, letGo } = holdHashes();
    const answered: number[] = [];

    const storm = Array.from({ length: STORM }, async (_, index) => {
      const answer = await service.ask("/api/login", {
        body: { email: `storm-${index}@example.test`, password: "gentle-otter" },
        address: `198.18.77.${index}`,
      });
      answered.push(answer.status);
      return answer;
    });
    countFigure(test, "parallel requests", STORM);
    await expect.poll(() => answered.length, { timeout: 60_000 }).toBe(STORM - TAKEN);
    const keys = await service.ask<{ keys: unknown[] }>("/.well-known/jwks.json", {
      method: "GET",
    });
    const pair = await service.ask<SignedInBody>("/api/auth/refresh", { body: { refreshToken } });
    const bearer = pair.body.accessToken;
    const profile = await service.ask("/api/user/profile", { method: "GET", bearer });

    expect([keys.status, pair.status, profile.status]).toEqual([200, 200, 200]);
    expect(keys.body.keys.length).toBeGreaterThan(0);
    expect(tally(answered)).toEqual({ 503: STORM - TAKEN });
    expect(seen).toEqual({ inside: 1, most: 1, done: 0 });

    letGo();
    const answers = await Promise.all(storm);
    expect(tally(answered)).toEqual({ 503: STORM - TAKEN, 401: TAKEN });
    expect(seen).toEqual({ inside: 0, most: 1, done: TAKEN });
    for (const { headers, status, body } of answers) {
      if (status === 503) {
        expect(headers.get("retry-after")).toBe("5");
        expect(body).toEqual({
          error: { code: "unavailable", message: "Not possible right now. Try again in a moment." },
        });
      }
    }
  });
});

describe("REL-05: whoever comes while the queue is full", () => {
  it("is turned away before anything is asked of a store for them", async () => {
    stopClock();
    const service = startPostOffice();
    await signedIn(service);
    const { seen, letGo } = holdHashes();
    const signIn = (number: number) =>
      service.ask("/api/login", {
        body: { email: `full-${number}@example.test`, password: "gentle-otter" },
        address: `198.18.78.${number}`,
      });
    const taken = Array.from({ length: TAKEN }, (_, number) => signIn(number));
    const hashes = service.ports.passwordHashes;
    await expect.poll(() => isFull(hashes), { timeout: 60_000 }).toBe(true);
    expect(seen.inside).toBe(1);

    let status = 0;
    const asked = await countCalls(async () => {
      status = (await signIn(TAKEN)).status;
    });

    expect(status).toBe(503);
    expect(asked).toMatchObject({ d1: 0, kv: 0, durableObjects: 0, queue: 0 });
    expect(seen).toEqual({ inside: 1, most: 1, done: 0 });
    letGo();
    expect(tally((await Promise.all(taken)).map((answer) => answer.status))).toEqual({
      401: TAKEN,
    });
  });
});

function isFull(hashes: PasswordHashes): boolean {
  try {
    hashes.refuseWhenFull();
    return false;
  } catch {
    return true;
  }
}
