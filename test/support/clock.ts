import { afterAll, beforeAll, onTestFinished, vi } from "vitest";

/**
 * Stops the clock until the test is over, in the Worker and inside Durable Objects alike. It moves
 * by `passSeconds`, and by some milliseconds where a mail is waited for.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** The same for all tests of a file: what an isolate remembers for a minute, it remembers to their end. */
export function stopClockOfFile(): void {
  beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
  afterAll(() => void vi.useRealTimers());
}

/** Lets time pass on a stopped clock. */
export function passSeconds(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

export const DAY_SECONDS = 86_400;
