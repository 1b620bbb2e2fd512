import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { planOf } from "./query-plan.ts";

/** Tables that the statements of some work would read from end to end, by SQLite's own plan. */
export async function tableScans(
  work: () => Promise<unknown>,
): Promise<{ statements: number; scans: string[] }> {
  const prepare = vi.spyOn(Object.getPrototypeOf(env.DB), "prepare");
  await work();
  const statements = new Set(prepare.mock.calls.map(([statement]) => String(statement)));
  prepare.mockRestore();
  const plans = await Promise.all([...statements].map(planOf));
  return { statements: statements.size, scans: plans.flat().filter(isTableScan) };
}

/** What was selected before is gone through as a matter of course, and so is a list that was sent along. */
function isTableScan(detail: string): boolean {
  return /^SCAN (?!CONSTANT ROW|\(subquery)/.test(detail) && !detail.includes("VIRTUAL TABLE");
}
