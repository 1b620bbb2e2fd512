/**
 * An answer of a Durable Object as plain data. As it arrives it holds on to the object that gave it,
 * which could then neither sleep nor be moved.
 */
export async function plain<T extends object | null>(answer: Promise<unknown>): Promise<T> {
  using held = (await answer) as (T & Disposable) | null;
  return structuredClone(held) as T;
}
