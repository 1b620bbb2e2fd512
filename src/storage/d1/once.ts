/**
 * Writes a statement when it is first needed, and keeps it. Drizzle takes about as long to write a
 * long one as D1 to answer it: what most requests ask is written once, with placeholders.
 */
export function once<T>(write: () => T): () => T {
  let written: T | undefined;
  return () => {
    written ??= write();
    return written;
  };
}
