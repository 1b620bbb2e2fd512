/**
 * The same ones in another order each round: in as many rounds as there are of them, or twice as many
 * where their number is odd, each has had every place and come after every other equally often. A
 * Latin square that is balanced for what went before (Williams, 1949).
 */
export function balancedOrder<T>(all: readonly T[], round: number): T[] {
  const count = all.length;
  const order = all.map((_, place) => {
    // 0, 1, last, 2, last but one, …: each step from one to the next is of another length.
    const zigzag = place % 2 === 1 ? (place + 1) / 2 : count - place / 2;
    return all[(zigzag + round) % count] as T;
  });
  return count % 2 === 1 && round % 2 === 1 ? order.reverse() : order;
}
