import type { Option, Options } from "./option.ts";

/** What `--help` says about a command. */
export function commandHelp(
  name: string,
  {
    summary,
    options,
    examples,
  }: { summary: string; options: Options; examples: readonly string[] },
): string {
  const rows = Object.entries({ ...options, help: { what: "this" } }).map(
    ([option, { value, what, required, many }]: [string, Option]) => [
      `--${option}${value === undefined ? "" : ` <${value}>`}`,
      [what, required && "required", many && "may be repeated"].filter(Boolean).join("; "),
    ],
  );
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return [
    `${summary}.`,
    "",
    `npm run admin -- ${name} [options]`,
    "",
    ...rows.map(([left = "", right]) => `  ${left.padEnd(width)}  ${right}`),
    "",
    "For example:",
    ...examples.map((example) => `  npm run admin -- ${name} ${example}`.trimEnd()),
  ].join("\n");
}
