import { env } from "cloudflare:workers";
import fc from "fast-check";
import type { TestContext } from "vitest";
import { countFigure } from "../support/figures.ts";

/** The same in every run of the tests; `npm run fuzz` brings one of its own. */
export const SEED = Number(env.FUZZ_SEED);

/**
 * Tries so many inputs. One that fails is made as small as it still fails, and the message shows it
 * with the seed that finds it again.
 */
export async function runCases<T>(
  context: TestContext,
  runs: number,
  inputs: fc.Arbitrary<T>,
  property: (input: T) => Promise<void> | void,
  seed = SEED,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      await property(input);
    }),
    { seed, numRuns: runs, includeErrorInReport: true },
  );
  countFigure(context, "fuzz inputs", runs);
}
