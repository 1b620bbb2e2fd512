import type { Changes } from "./state.ts";
import type { Told } from "./told.ts";

export interface Outcome {
  after: Changes;
  repeated: Told;
  end: Changes;
}

export function isOutcome(seen: Outcome, outcome: Outcome): boolean {
  return (
    isEqual(seen.after.core, outcome.after.core) &&
    isEqual(seen.end.core, outcome.end.core) &&
    isSame(seen.repeated, outcome.repeated)
  );
}

export function said({ status, says }: Told): Pick<Told, "status" | "says"> {
  return { status, says };
}

export function isSame(one: Told, other: Told): boolean {
  return isEqual(said(one), said(other));
}

/** The same page, some of whose lines are missing or shorter. */
export function isLess(one: Told, other: Told): boolean {
  const [{ lines: some = [], ...page }, { lines: all = [], ...whole }] = [one, other].map(
    ({ says }) => says as { lines?: string[] },
  ) as [{ lines?: string[] }, { lines?: string[] }];
  const isThere = (line: string) => all.some((there) => there.startsWith(line));
  return one.status === other.status && isEqual(page, whole) && some.every(isThere);
}

export function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether every line is among the others, as often as it is there, and no more than so many are missing. */
export function isWithin(
  lines: readonly string[],
  others: readonly string[],
  mostMissing = Number.POSITIVE_INFINITY,
): boolean {
  const left = [...others];
  for (const line of lines) {
    const found = left.indexOf(line);
    if (found < 0) {
      return false;
    }
    left.splice(found, 1);
  }
  return left.length <= mostMissing;
}
