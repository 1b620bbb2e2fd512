import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { Carrier } from "./carrier.ts";
import { HeldQueue } from "./held-queue.ts";

/** What becomes of a platform call, which it may make or not. */
export type Fault = (call: () => Promise<unknown>) => Promise<unknown>;
type Around = (call: () => Promise<unknown>, number: number) => Promise<unknown>;
type Method = (...args: unknown[]) => Promise<unknown>;

const OUTAGE = "injected outage";

/** A call fails before it does anything. */
export const refuses: Fault = () => Promise.reject(new Error(OUTAGE));

/** A call does what it should, and its answer is lost. */
export const losesAnswer: Fault = async (call) => {
  await call();
  throw new Error(OUTAGE);
};

/** The calls of D1, KV, Durable Objects, queue and mail that some work makes, in order. */
export async function recordCalls<T>(
  work: () => Promise<T>,
): Promise<{ answer: T; calls: readonly string[] }> {
  const { answer, calls } = await during((call) => call(), work);
  return { answer, calls };
}

/**
 * Does some work in which the call of that number, from zero, goes wrong in that way. Throws where
 * the work makes no such call, so that nobody counts a fault that never was.
 */
export async function breakCall<T>(
  broken: number,
  fault: Fault,
  work: () => Promise<T>,
): Promise<T> {
  const { answer, calls } = await during(
    (call, number) => (number === broken ? fault(call) : call()),
    work,
  );
  if (calls.length <= broken) {
    throw new Error(`there was no call ${broken} to break, but ${calls.length} calls`);
  }
  return answer;
}

/**
 * Does some work in which the call of that number comes late: not before other work is done that is
 * begun meanwhile, or waits for this one. Gives both answers.
 */
export async function delayCall<T, U>(
  late: number,
  work: () => Promise<T>,
  meanwhile: () => Promise<U>,
): Promise<[T, U]> {
  const call = { isReached: false, isReleased: false };
  const { answer } = await during(
    async (made, number) => {
      if (number === late) {
        call.isReached = true;
        // Looks on from its own turn: another's promise must not go on in a Durable Object's.
        while (!call.isReleased) {
          await scheduler.wait(1);
        }
      }
      return made();
    },
    async () => {
      const first = work();
      while (!call.isReached) {
        await scheduler.wait(1);
      }
      const second = meanwhile();
      await Promise.race([settled(second), standstill()]);
      call.isReleased = true;
      return Promise.all([first, second]);
    },
  );
  return answer;
}

/** Grows with every call that begins or ends. */
let activity = 0;

async function during<T>(
  around: Around,
  work: () => Promise<T>,
): Promise<{ answer: T; calls: readonly string[] }> {
  const made: string[] = [];
  const restore = interceptPlatform((name, call) => {
    activity++;
    return around(call, made.push(name) - 1).finally(() => {
      activity++;
    });
  });
  try {
    return { answer: await work(), calls: made };
  } finally {
    restore();
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

/** Resolves once no call has begun or ended for a while: whoever is left waits for somebody else. */
async function standstill(): Promise<void> {
  for (let turns = 0, seen = activity; turns < 20; turns++) {
    await scheduler.wait(2);
    if (seen !== activity) {
      [turns, seen] = [0, activity];
    }
  }
}

type Pass = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

/** Every binding that requests reach, in the Worker and inside Durable Objects alike. */
function interceptPlatform(pass: Pass): () => void {
  const spies = [
    ...platformMethods().map(([prototype, part, name]) => {
      const original = prototype[name] as Method;
      return vi.spyOn(prototype, name).mockImplementation(function (
        this: unknown,
        ...args: unknown[]
      ) {
        return pass(`${part}.${name}`, async () => original.apply(this, args));
      });
    }),
    interceptObjects(pass),
  ];
  return () => {
    for (const spy of spies) {
      spy.mockRestore();
    }
  };
}

function platformMethods(): [Record<string, Method>, string, string][] {
  const of = (
    object: object,
    part: string,
    ...names: string[]
  ): [Record<string, Method>, string, string][] =>
    names.map((name) => [Object.getPrototypeOf(object), part, name]);
  return [
    ...of(env.DB.prepare("SELECT 1"), "D1", "all", "raw", "run", "first"),
    ...of(env.DB, "D1", "batch"),
    ...of(env.CODES, "KV", "get", "put", "delete", "list"),
    ...of(env.MAIL, "queue", "send", "sendBatch"),
    ...of(new HeldQueue(), "queue", "send", "sendBatch"),
    ...of(new Carrier(), "mail", "carry"),
  ];
}

/** The methods of every object that any namespace gives. */
function interceptObjects(pass: Pass) {
  const prototype: DurableObjectNamespace = Object.getPrototypeOf(env.THROTTLE);
  const { get } = prototype;
  return vi.spyOn(prototype, "get").mockImplementation(function (
    this: DurableObjectNamespace,
    ...asked
  ) {
    return new Proxy(get.apply(this, asked), {
      get(stub, method) {
        // A stub is handed through promises, which must not take it for one.
        return method === "then"
          ? undefined
          : (...args: unknown[]) =>
              pass(`object.${String(method)}`, async () =>
                (stub as unknown as Record<PropertyKey, Method>)[method]?.(...args),
              );
      },
    });
  });
}
