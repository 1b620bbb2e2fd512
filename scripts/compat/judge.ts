import type { Difference } from "./releases.ts";
import type { Tested } from "./test-on-schema.ts";

/** What is wrong: tests that fail and should not, and differences that are none any more. */
export function judge({ failed }: Tested, differences: readonly Difference[]): string[] {
  const known = new Set(differences.map(({ tests }) => tests));
  const unknown = [...failed]
    .filter(([file]) => !known.has(file))
    .map(([file, titles]) => [`${file} fails:`, ...titles.map((it) => `  ${it}`)].join("\n"));
  const gone = differences
    .filter(({ tests }) => !failed.has(tests))
    .map(({ tests }) => `${tests} passes: remove it from the differences in releases.json.`);
  return [...unknown, ...gone];
}
