import { Problem } from "../problem.ts";

/** A name that people read. Refuses an empty one and what would not show on a line. */
export function readName(given: string): string {
  const name = given.trim();
  if (name === "" || name.length > 200 || /\p{Cc}/u.test(name)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a name.`,
      "Give 1 to 200 characters on one line, in quotes if there are spaces: --name 'Acme Ltd'",
    );
  }
  return name;
}
