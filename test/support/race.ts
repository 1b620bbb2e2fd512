import { env } from "cloudflare:workers";
import { type TestContext, vi } from "vitest";
import { stopClock } from "./clock.ts";
import { countFigure } from "./figures.ts";
import { randomAddress, startService, type TestService } from "./service.ts";

/** How often each race is run anew, and how many requests begin at once in it. */
const ROUNDS = 20;
export const AT_ONCE = 50;
/** Each is composed for itself, as isolates are: what one remembers, no other knows. */
const SERVICES = 10;

const NO_MAIL = { send: async () => undefined };
/** For races that begin with a mail. */
export const WITH_MAIL = { MAIL: env.MAIL };

// A thousand requests each: on a machine that is busy they take their time.
vi.setConfig({ testTimeout: 900_000 });

export interface Race<Prize, Answer> {
  /** Settings of all services, beside a queue that swallows mail: it takes more work than the race. */
  variables?: Record<string, unknown>;
  /** Makes what a round is about. Rounds are counted from 0. */
  prepare(service: TestService, round: number): Promise<Prize>;
  /** One of the requests that begin at once, each service having its share of them. */
  request(prize: Prize, service: TestService, index: number): Promise<Answer>;
  /** What has to hold once all are answered, for a service that took no part. */
  judge(prize: Prize, answers: Answer[], service: TestService): Promise<void>;
}

/**
 * Runs a race in every round with a prize of its own, from addresses that no round before came from.
 * The clock stands still, so that nothing runs out on a machine that is busy.
 */
export async function race<Prize, Answer>(
  context: TestContext,
  { variables, prepare, request, judge }: Race<Prize, Answer>,
): Promise<void> {
  stopClock();
  const compose = () => startService({ MAIL: NO_MAIL, ...variables });
  const [before, after] = [compose(), compose()];
  const services = Array.from({ length: SERVICES }, compose);
  // Thousands of lines: what they say is tested elsewhere.
  const log = vi.spyOn(console, "info").mockImplementation(() => undefined);
  for (let round = 0; round < ROUNDS; round++) {
    const prize = await prepare(anew(before), round);
    const senders = services.map(anew);
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => request(prize, cycled(senders, index), index)),
    );
    countFigure(context, "rounds", 1);
    countFigure(context, "parallel requests", AT_ONCE);
    await judge(prize, answers, anew(after));
  }
  log.mockRestore();
}

/** The same service, asked from another address. */
function anew(service: TestService): TestService {
  const address = randomAddress();
  return { ...service, ask: (path, asked) => service.ask(path, { address, ...asked }) };
}

/** The entry at an index of a list that begins anew at its end. */
export function cycled<T>(list: readonly T[], index: number): T {
  const entry = list[index % list.length];
  if (entry === undefined) {
    throw new Error("the list is empty");
  }
  return entry;
}

const USES_BEFORE = 2;

/** Something that ends while others go on using it. */
export class Ending {
  readonly #answered = Promise.withResolvers<void>();
  readonly #end: () => Promise<unknown>;

  /** What ends it. */
  constructor(end: () => Promise<unknown>) {
    this.#end = end;
  }

  /**
   * Uses it some times, and the first who asks ends it after one. Gives the answer to a use that began
   * once that was answered.
   */
  async useAround<T>(index: number, use: () => Promise<T>): Promise<T> {
    for (let count = 0; count < USES_BEFORE; count++) {
      await use();
      if (index === 0 && count === 0) {
        await this.#end();
        this.#answered.resolve();
      }
    }
    await this.#answered.promise;
    return use();
  }
}
