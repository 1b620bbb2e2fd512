import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Where files take minutes, however short they are: rounds of races, thousands of inputs. */
const SLOW = /\/test\/(?:fuzz|races|faults|budgets)\//;

/**
 * Begins with what takes long: a file of five minutes that comes last keeps one core waiting for the other.
 * Otherwise as vitest does it, which knows how long a file took only where it ran before.
 */
export class SlowTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return slowFirst(await super.sort(files), ({ moduleId }) => moduleId);
  }
}

/** Keeps the order among those that are slow, and among the others. */
export function slowFirst<File>(files: readonly File[], pathOf: (file: File) => string): File[] {
  const { slow = [], others = [] } = Object.groupBy(files, (file) =>
    SLOW.test(pathOf(file)) ? "slow" : "others",
  );
  return [...slow, ...others];
}
