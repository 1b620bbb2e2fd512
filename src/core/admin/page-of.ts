/** A page of a list, and what leads to the next one; null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A page out of one row more than it shows. */
export function pageOf<T>(
  rows: readonly T[],
  most: number,
  cursorOf: (last: T) => string,
): Page<T> {
  const items = rows.slice(0, most);
  const last = items.at(-1);
  return { items, next: rows.length > most && last !== undefined ? cursorOf(last) : null };
}
