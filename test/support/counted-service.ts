import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";
import { startService, type TestService } from "./service.ts";

/** What the requests of a service cost at most, each by itself. */
export interface Most {
  /** Statements for D1, each of a batch by itself, with those of the work after the answer. */
  queries: number;
  /** Values bound to a statement. */
  parameters: number;
  /** Iterations of a PBKDF2 call. */
  iterations: number;
}

/** A service that is asked for one thing after another, and what that came to so far. */
export function startCountedService(variables: Record<string, unknown> = {}): {
  service: TestService;
  most: Most;
} {
  const most: Most = { queries: 0, parameters: 0, iterations: 0 };
  let queries = 0;
  spy(env.DB.prepare("SELECT 1"), ["all", "raw", "run", "first"], () => {
    queries += 1;
  });
  spy<[unknown[]]>(env.DB, ["batch"], ([statements]) => {
    queries += statements.length;
  });
  spy(env.DB.prepare("SELECT 1"), ["bind"], (values) => {
    most.parameters = Math.max(most.parameters, values.length);
  });
  spy<[{ iterations?: number }]>(crypto.subtle, ["deriveBits"], ([{ iterations = 0 }]) => {
    most.iterations = Math.max(most.iterations, iterations);
  });

  const service = startService(variables);
  async function counted<T>(work: () => Promise<T>): Promise<T> {
    queries = 0;
    const answer = await work();
    most.queries = Math.max(most.queries, queries);
    return answer;
  }
  return {
    most,
    service: {
      ...service,
      ask: (...asked) => counted(() => service.ask(...asked)) as never,
      fetch: (request) => counted(() => service.fetch(request)),
    },
  };
}

type Method = (...args: unknown[]) => unknown;

/** Looks at what methods are called with, until the test is over. */
function spy<Args extends unknown[]>(
  object: object,
  names: readonly string[],
  look: (args: Args) => void,
): void {
  const prototype = Object.getPrototypeOf(object) as Record<string, Method>;
  for (const name of names) {
    const original = prototype[name];
    const spied = vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...args) {
      look(args as Args);
      return original?.apply(this, args);
    });
    onTestFinished(() => spied.mockRestore());
  }
}
