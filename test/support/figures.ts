import type { TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** What the test did so many times, for the table that `npm run figures` writes. */
    figures?: Record<string, number>;
  }
}

/** Adds to a figure that docs/security.md states of this test, such as "parallel requests". */
export function countFigure({ task }: TestContext, figure: string, count: number): void {
  task.meta.figures ??= {};
  task.meta.figures[figure] = (task.meta.figures[figure] ?? 0) + count;
}
