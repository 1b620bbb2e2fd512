import { v7 } from "uuid";

const last = { milliseconds: 0, counter: 0 };

/**
 * A UUIDv7 of this moment. Those that an isolate makes in one millisecond are in the order in which it makes
 * them: a counter of 26 bits that begins at random (RFC 9562 §6.2, method 1), before 48 that are drawn for
 * each. Never of another moment, were the clock to go back: what is looked for by time is looked for by its id.
 */
export function newId(now: Date): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const drawn = new DataView(random.buffer).getUint32(0);
  const milliseconds = now.getTime();
  // Begun in the lower half, it has room for more than anybody makes.
  last.counter = milliseconds === last.milliseconds ? last.counter + 1 : drawn >>> 7;
  last.milliseconds = milliseconds;
  return v7({ msecs: milliseconds, seq: last.counter * 64 + (drawn % 64), random });
}
