import { createConfig, lintFromString } from "@redocly/openapi-core";

/** What the linter would rather have otherwise, and why it is so. */
// biome-ignore format: it reads as a table
const EXPLAINED: readonly (readonly [rule: string, pointer: RegExp, why: string])[] = [
  ["no-ambiguous-paths",     /auth~1\{id\}~1sessions$/, "The contract has both; no method is served at both."],
  ["operation-4xx-response", /(well-known~1[^/]*|health|health~1ready)\/get\/responses$/, "They read nothing that could be wrong."],
  ["operation-2xx-response", /oauth~1device~1wait\/get\/responses$/, "A WebSocket is a 101."],
  ["operation-2xx-response", /oauth~1authorize\/post\/responses$/, "It only leads on."],
];

/**
 * What Redocly's recommended rules find in the document, warnings included, beside what is explained;
 * and what is explained that they find no more.
 */
export async function problemsIn(document: string, name: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const found = (await lintFromString({ source: document, absoluteRef: name, config })).map(
    ({ ruleId, message, location: [where] }) => ({
      ruleId,
      pointer: where?.pointer ?? "",
      message,
    }),
  );
  const isExplained = ({ ruleId, pointer }: (typeof found)[number]) =>
    EXPLAINED.some(([rule, where]) => rule === ruleId && where.test(pointer));
  const outlived = EXPLAINED.filter(
    ([rule, where]) => !found.some(({ ruleId, pointer }) => rule === ruleId && where.test(pointer)),
  );
  return [
    ...found
      .filter((problem) => !isExplained(problem))
      .map(({ ruleId, pointer, message }) => `${ruleId}: ${message} (${pointer})`),
    ...outlived.map(([rule, where]) => `${rule} is explained at ${where}, and not found there`),
  ];
}
