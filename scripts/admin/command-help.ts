import type { Option, Options } from "./option.ts";

/** What stands beside an option. Most say less, and a list of many would run off the screen. */
const MOST_CHARACTERS = 88;

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
    ...rows.flatMap(([left = "", right = ""]) =>
      wrapped(right).map((line, row) => `  ${(row === 0 ? left : "").padEnd(width)}  ${line}`),
    ),
    "",
    "For example:",
    ...examples.map((example) => `  npm run admin -- ${name} ${example}`.trimEnd()),
  ].join("\n");
}

/** Lines that a terminal shows beside the names of options; a word is never cut. */
function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last === "" || last.length + 1 + word.length <= MOST_CHARACTERS) {
      lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
