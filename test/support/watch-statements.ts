import { env } from "cloudflare:workers";
import { vi } from "vitest";

/** What was sent to the database, and what that cost there. */
export interface Statement {
  sql: string;
  rowsRead: number;
  rowsWritten: number;
}

interface Result {
  meta: { rows_read: number; rows_written: number };
}
type Send = (
  path: string,
  sql: string | string[],
  ...rest: unknown[]
) => Promise<Result | Result[]>;

/**
 * The statements that some work sends to the database, in order, each of a batch by itself, in the Worker
 * and inside Durable Objects alike. Looks where the binding sends them, since `raw()` gives rows alone.
 */
export async function watchStatements<T>(
  work: () => Promise<T>,
): Promise<{ answer: T; statements: readonly Statement[] }> {
  const binding: { _sendOrThrow: Send } = Object.getPrototypeOf(
    env.DB.withSession("first-primary"),
  );
  const { _sendOrThrow: send } = binding;
  const statements: Statement[] = [];
  const spy = vi.spyOn(binding, "_sendOrThrow").mockImplementation(async function (
    this: unknown,
    path,
    sql,
    ...rest
  ) {
    const answer = await send.call(this, path, sql, ...rest);
    const results = [answer].flat();
    for (const [index, text] of [sql].flat().entries()) {
      const { rows_read: rowsRead = 0, rows_written: rowsWritten = 0 } = results[index]?.meta ?? {};
      statements.push({ sql: text, rowsRead, rowsWritten });
    }
    return answer;
  });
  try {
    return { answer: await work(), statements };
  } finally {
    spy.mockRestore();
  }
}
