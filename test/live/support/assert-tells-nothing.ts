import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { leaks, type Secrets } from "../../canary/secrets.ts";
import type { OwnLatchkey } from "./own-latchkey.ts";

/**
 * Asserts that of all that was sent to a server, and answered by it, nothing stands in what its processes
 * wrote to their output. Secrets of these kinds have to be among it.
 */
export function assertTellsNothing(
  { said }: OwnLatchkey,
  secrets: Secrets,
  kinds: readonly string[],
): void {
  const known = secrets.kinds();
  assert.deepEqual(
    kinds.filter((kind) => !known.includes(kind)),
    [],
  );
  const lines = said.map(stripVTControlCharacters);
  assert.ok(
    lines.some((line) => line.includes('"level":"info"')),
    "the server wrote no line",
  );
  const written = { where: "what the server wrote", text: lines.join("\n") };
  assert.deepEqual(leaks(secrets.all(), [written]), []);
}
