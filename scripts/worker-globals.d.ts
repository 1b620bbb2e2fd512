/** What the Worker's runtime has beyond browsers: scripts use modules that were written for it. */
interface Scheduler {
  wait(milliseconds: number): Promise<void>;
}

interface SubtleCrypto {
  timingSafeEqual(a: ArrayBufferView, b: ArrayBufferView): boolean;
}

interface D1Result {
  results: Record<string, unknown>[];
}

interface D1PreparedStatement {
  bind(...values: readonly unknown[]): D1PreparedStatement;
  raw(): Promise<unknown[][]>;
}

interface D1Database {
  prepare(text: string): D1PreparedStatement;
  batch(statements: readonly D1PreparedStatement[]): Promise<D1Result[]>;
}
