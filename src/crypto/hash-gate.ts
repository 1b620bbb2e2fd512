import { Unavailable } from "../core/unavailable.ts";

/** How many may wait for their turn. The last waits for as many hashes, which is seconds: more would give up. */
const QUEUE_LENGTH = 32;
/** Whoever leaves calls the next. This is for the one who was cut off and cannot. */
const LOOK_EVERY_MS = 100;
/** A waiting request looks many times in a second; one not seen for this long was cut off. */
const GONE_AFTER_MS = 1_000;
const RETRY_AFTER_SECONDS = 5;

interface Ticket {
  seenAt: number;
  /** Has its holder look at the queue now. */
  call: () => void;
}

/**
 * Lets one hash at a time run in an isolate, in order of arrival.
 *
 * A request that is cut off stops wherever it was and never gives its place back. A client that hangs up
 * cuts nothing off, or one sender could hold the place by coming and going: `outlive` is handed all of a
 * visit. For what the platform stops all the same, places are not handed over: each request watches the
 * queue itself and drops who has gone. That it is called when the one before leaves only spares it the wait.
 */
export function createHashGate(outlive: (visit: Promise<unknown>) => void = () => {}): {
  /** Throws `Unavailable` when whoever came now could not even wait. */
  refuseWhenFull: () => void;
  enter: <T>(work: (stillHere: () => void) => Promise<T>) => Promise<T>;
} {
  let queue: Ticket[] = [];

  function dropTheGone(now: number): void {
    queue = queue.filter(({ seenAt }) => now - seenAt < GONE_AFTER_MS);
  }

  function refuseWhenFull(): void {
    dropTheGone(Date.now());
    if (queue.length > QUEUE_LENGTH) {
      throw new Unavailable("password hashing", RETRY_AFTER_SECONDS);
    }
  }

  async function visit<T>(work: (stillHere: () => void) => Promise<T>): Promise<T> {
    refuseWhenFull();
    const ticket: Ticket = { seenAt: Date.now(), call: () => {} };
    const stillHere = () => {
      ticket.seenAt = Date.now();
    };
    queue.push(ticket);
    try {
      while (queue[0] !== ticket) {
        await calledOrLate(ticket);
        stillHere();
        dropTheGone(Date.now());
        // An isolate that stood still makes everyone look gone to whoever wakes first.
        queue.includes(ticket) || queue.push(ticket);
      }
      return await work(stillHere);
    } finally {
      queue = queue.filter((other) => other !== ticket);
      queue[0]?.call();
    }
  }

  return {
    refuseWhenFull,

    enter(work) {
      const visiting = visit(work);
      outlive(visiting.catch(() => {}));
      return visiting;
    },
  };
}

function calledOrLate(ticket: Ticket): Promise<void> {
  const called = new Promise<void>((resolve) => {
    ticket.call = resolve;
  });
  return Promise.race([called, scheduler.wait(LOOK_EVERY_MS)]);
}
